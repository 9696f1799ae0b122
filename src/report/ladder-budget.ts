import type { TestResult } from '../results/results.ts';
import type { TestDigest } from './digest.ts';
import { LADDER, type MochawesomeContext } from './mochawesome.ts';

/** Characters that all pictures of one report may take together: a device may fail every test. */
const BUDGET = 1_250_000;

/**
 * What the drill-down shows with each test, by its key. Where the pictures of all that did not pass would be too
 * large, each test has one on its first port, and what no room is left for names a test that has one.
 */
export function contextsWithin(
  digests: readonly TestDigest[],
  budget = BUDGET,
): Map<string, readonly MochawesomeContext[]> {
  const drawn = choose(digests, budget);
  return new Map(
    digests.map(({ result, contexts }) => [
      result.key,
      drawn.has(result.key)
        ? contexts
        : contexts.map((one) => (one.title === LADDER ? { ...one, value: notDrawn(result, drawn) } : one)),
    ]),
  );
}

/** The keys of the tests whose picture is shown. */
function choose(digests: readonly TestDigest[], budget: number): Set<string> {
  const drawn = new Set<string>();
  const seen = new Set<string>();
  const [firsts, others]: [TestDigest[], TestDigest[]] = [[], []];
  for (const digest of digests.filter((one) => sizeOf(one) > 0)) {
    (seen.has(digest.result.id) ? others : firsts).push(digest);
    seen.add(digest.result.id);
  }
  let left = budget;
  for (const digest of [...firsts, ...others]) {
    const size = sizeOf(digest);
    if (size > left) continue;
    left -= size;
    drawn.add(digest.result.key);
  }
  return drawn;
}

function sizeOf({ contexts }: TestDigest): number {
  return String(contexts.find(({ title }) => title === LADDER)?.value ?? '').length;
}

function notDrawn({ id }: TestResult, drawn: ReadonlySet<string>): string {
  const like = [...drawn].find((key) => key === id || key.startsWith(`${id}@`));
  const where = like === undefined ? '' : ` That of ${like} is.`;
  return `This ladder is not drawn, because this report would become too large.${where} The facts are in history.ndjson.gz.`;
}
