import type { Fact } from '../history/facts.ts';
import { msToUs } from '../history/clock.ts';
import { digestOf, type TestDigest } from '../report/digest.ts';
import { count, duration } from '../report/format.ts';
import { HistoryProblem, readHistory } from '../report/read-history.ts';
import type {
  CampaignEnd,
  CampaignPlan,
  FactLine,
  HistoryLine,
  Learnt,
  PlannedResult,
  ResultLine,
} from '../results/history-lines.ts';
import type { CampaignAccount } from './results.ts';

/** Nothing is known of a device with which no test has ended. */
const NOTHING: Learnt = { kind: 'learnt', habits: {}, observers: [] };

/**
 * Reads back what a campaign left in its folder. One whose history breaks off is interrupted, with what is missing as
 * the reason.
 * @throws HistoryProblem in one sentence where there is no history that can be read
 */
export async function recoverCampaign(dir: string): Promise<CampaignAccount> {
  let recovery: Recovery | undefined;
  for await (const line of readHistory(dir)) {
    if (recovery === undefined && line.kind === 'campaign') recovery = new Recovery(line);
    else recovery?.take(line);
  }
  if (!recovery) throw new HistoryProblem(`${dir} holds no campaign.`);
  return recovery.account();
}

/** Takes the lines of a history in their order. No facts are kept but those of tests that have not ended. */
class Recovery {
  readonly #plan: CampaignPlan;
  readonly #digests = new Map<string, TestDigest>();
  /** The facts of tests that have not ended, by test and repetition. */
  readonly #facts = new Map<string, Map<number, Fact[]>>();
  #learnt = NOTHING;
  #end: CampaignEnd | undefined;
  #lastUs = 0;

  constructor(plan: CampaignPlan) {
    this.#plan = plan;
  }

  take(line: HistoryLine): void {
    if (line.kind === 'learnt') this.#learnt = line;
    else if (line.kind === 'result') this.#close(line);
    else if (line.kind === 'end') this.#end = line;
    else if (line.kind !== 'campaign') this.#keep(line);
  }

  account(): CampaignAccount {
    const plan = this.#plan;
    const learnt = this.#learnt;
    if (this.#end) return { plan, learnt, end: this.#end, digests: [...this.#digests.values()] };
    const missing = plan.planned.filter(({ result }) => !this.#digests.has(result.key));
    const begun = missing.filter(({ result }) => this.#facts.has(result.key));
    const due = missing.filter((one) => one.leftOut === undefined && !begun.includes(one));
    const reason = this.#whyCut(begun, due.length);
    const added = missing.map((one) => (begun.includes(one) ? this.#brokenOff(one) : unreached(one, reason)));
    const finishedAt = new Date(
      Math.max(Date.parse(plan.campaign.startedAt), plan.anchorMs + this.#lastUs / 1_000),
    );
    const end: CampaignEnd = {
      kind: 'end',
      finishedAt: finishedAt.toISOString(),
      interrupted: { reason },
    };
    return { plan, learnt, end, digests: [...this.#digests.values(), ...added] };
  }

  #keep({ test, repeat = 0, ...fact }: FactLine): void {
    this.#lastUs = Math.max(this.#lastUs, fact.us);
    if (this.#digests.has(test)) return;
    const playings = this.#facts.get(test) ?? new Map<number, Fact[]>();
    this.#facts.set(test, playings);
    const facts = playings.get(repeat);
    if (facts) facts.push(fact);
    else playings.set(repeat, [fact]);
  }

  #close({ test, repeat = 0, result, source }: ResultLine): void {
    const facts = this.#facts.get(test)?.get(repeat) ?? [];
    this.#lastUs = Math.max(this.#lastUs, result.startedUs + msToUs(result.durationMs));
    this.#digests.set(test, digestOf({ result, facts, source }));
    this.#facts.delete(test);
  }

  #whyCut(begun: readonly PlannedResult[], due: number): string {
    const tookMs = Math.max(
      0,
      this.#plan.anchorMs + this.#lastUs / 1_000 - Date.parse(this.#plan.campaign.startedAt),
    );
    const named = begun.slice(0, MOST_NAMED).map(({ result }) => result.key);
    const more = begun.length - named.length;
    const during = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
    const parts = [
      `it broke off after ${duration(tookMs)}`,
      ...(during === '' ? [] : [` during ${during}`]),
      due === 0 ? '' : `; ${count(due, 'test was', 'tests were')} not run`,
    ];
    return parts.join('');
  }

  /** A test that had begun and has no result: what it did and saw is there, and no verdict. */
  #brokenOff({ result }: PlannedResult): TestDigest {
    const facts = this.#facts.get(result.key)?.get(0) ?? [];
    const [first, last] = [facts[0]?.us ?? 0, facts.at(-1)?.us ?? 0];
    return digestOf({
      result: {
        ...result,
        verdict: 'inconc',
        reason: 'the campaign broke off during this test',
        startedUs: first,
        durationMs: Math.round((last - first) / 100) / 10,
      },
      facts,
      source: '',
    });
  }
}

/** So many tests that were under way are named. */
const MOST_NAMED = 3;

function unreached({ result, leftOut }: PlannedResult, reason: string): TestDigest {
  const applicability = leftOut === undefined ? 'not run' : 'not selected';
  return digestOf({ result: { ...result, applicability, reason: leftOut ?? reason }, facts: [], source: '' });
}
