import { nowUs } from '../history/clock.ts';
import type { AssertionResult, TestResult } from '../results/results.ts';
import { foldAssertions } from '../judge/lattice.ts';
import type { TestOutcome } from './run-test.ts';

/** How often a failure is tried again. */
const REPETITIONS = 3;

/** ms that repetitions may take in one campaign, all failures together. */
const BUDGET_MS = 60_000;

/** What repeating a test takes. */
export interface Repeating {
  /** Plays the test once more, alone. */
  play: () => Promise<TestOutcome>;
  /** Brings the device into a fresh state, where the device file says how; the result says why it could not. */
  restart?: (() => Promise<string | undefined>) | undefined;
  signal: AbortSignal;
}

/**
 * Repeats failures that rest on time or silence, alone and on a quiet device, before a device is accused of them. A
 * state that still stands, a message in hand and a device that is lost need no repetition.
 */
export class Confirmation {
  #leftMs: number;
  readonly #budgetMs: number;

  constructor(budgetMs = BUDGET_MS) {
    this.#leftMs = budgetMs;
    this.#budgetMs = budgetMs;
  }

  /**
   * Repeats a failed test up to three times, and changes its record: how often the failure came again; whether it is
   * intermittent; inconclusive where it never came again. What no time was left for is said.
   */
  async confirm(outcome: TestOutcome, repeating: Repeating): Promise<TestOutcome> {
    const { result } = outcome.record;
    if (outcome.lost !== undefined || repeating.signal.aborted || !restsOnTiming(result)) return outcome;
    if (result.durationMs > this.#leftMs) {
      result.reason += `; not repeated, because repetitions may take ${this.#budgetMs / 1_000} s in a campaign and this one would take too long`;
      return outcome;
    }
    const problem = await repeating.restart?.();
    if (problem !== undefined) return { ...outcome, lost: problem };
    const count = { repeated: 0, reproduced: 0 };
    for (let turn = 0; turn < REPETITIONS; turn += 1) {
      if (repeating.signal.aborted || result.durationMs > this.#leftMs) break;
      const startUs = nowUs();
      const again = await repeating.play();
      this.#leftMs -= (nowUs() - startUs) / 1_000;
      enter(count, again, result);
      if (again.lost !== undefined) return { ...conclude(outcome, count), lost: again.lost };
    }
    return conclude(outcome, count);
  }
}

/** Whether everything that the failure rests on is time or silence. */
export function restsOnTiming({ verdict, level, assertions }: TestResult): boolean {
  const deciding = assertions.filter((one) => one.outcome === 'fail' && one.level === level);
  return verdict === 'fail' && deciding.length > 0 && deciding.every((one) => one.timing);
}

/** A repetition without a verdict on the device says nothing either way. */
function enter(
  count: { repeated: number; reproduced: number },
  { record, lost }: TestOutcome,
  first: TestResult,
): void {
  const { verdict, level } = record.result;
  const failed = lost !== undefined || (verdict === 'fail' && (level === first.level || level === 'must'));
  if (verdict !== 'pass' && verdict !== 'fail') return;
  count.repeated += 1;
  if (failed) count.reproduced += 1;
}

function conclude(outcome: TestOutcome, count: { repeated: number; reproduced: number }): TestOutcome {
  const { result } = outcome.record;
  const { repeated, reproduced } = count;
  if (repeated === 0) return outcome;
  result.confirmation = { repeated, reproduced };
  if (reproduced === repeated) return outcome;
  const times = `${reproduced} of ${repeated} ${repeated === 1 ? 'repetition' : 'repetitions'}`;
  if (reproduced > 0) {
    result.reason += `; intermittent: it came again in ${times} (seed ${result.seed})`;
    return outcome;
  }
  for (const assertion of result.assertions) if (isTimed(assertion)) takeBack(assertion, times, result.seed);
  Object.assign(result, foldAssertions(result.assertions));
  return outcome;
}

function isTimed({ outcome, timing }: AssertionResult): boolean {
  return outcome === 'fail' && timing === true;
}

function takeBack(assertion: AssertionResult, times: string, seed: number): void {
  assertion.outcome = 'inconc';
  assertion.actual += `; intermittent: it came again in ${times} (seed ${seed})`;
  delete assertion.meaning;
  delete assertion.timing;
}
