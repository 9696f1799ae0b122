import type { Fact } from '../history/facts.ts';
import type { History } from '../history/history.ts';
import { digestOf, type TestDigest } from '../report/digest.ts';
import type { HistoryFile } from '../report/history-file.ts';
import type { CampaignEnd, CampaignPlan, Learnt } from '../results/history-lines.ts';
import type { TestRecord } from '../results/results.ts';
import type { CampaignChronicle } from './campaign.ts';
import type { CampaignAccount } from './results.ts';

/**
 * Writes a campaign down while it goes: the plan, every fact, every result, the end. Of a test that is over it keeps
 * in memory what the reports need, and takes its facts away; they are in the file.
 */
export class Chronicle implements CampaignChronicle {
  readonly #file: HistoryFile;
  readonly #plan: CampaignPlan;
  readonly #digests: TestDigest[] = [];
  readonly #playings = new Map<string, number>();
  /** Which repetition the facts of a history belong to. */
  readonly #repeatOf = new WeakMap<readonly Fact[], number>();

  constructor(file: HistoryFile, plan: CampaignPlan) {
    this.#file = file;
    this.#plan = plan;
    file.add(plan);
  }

  follow(history: History, key: string): void {
    const repeat = this.#playings.get(key) ?? 0;
    this.#playings.set(key, repeat + 1);
    this.#repeatOf.set(history.facts, repeat);
    history.subscribe((fact) => this.#file.add({ test: key, ...asRepeat(repeat), ...fact }));
  }

  enter(record: TestRecord, learnt: Learnt): void {
    const { result, source, facts } = record;
    this.#digests.push(digestOf(record));
    const repeat = this.#repeatOf.get(facts) ?? 0;
    this.#file.add({ kind: 'result', test: result.key, ...asRepeat(repeat), result, source });
    this.#file.add(learnt);
    record.facts = [];
  }

  /** Writes the end down, and what is known at the end; the result is all that the reports are made from. */
  async end(learnt: Learnt, interrupted: CampaignEnd['interrupted']): Promise<CampaignAccount> {
    const end: CampaignEnd = {
      kind: 'end',
      finishedAt: new Date().toISOString(),
      ...(interrupted && { interrupted }),
    };
    this.#file.add(learnt);
    this.#file.add(end);
    await this.#file.flush();
    return { plan: this.#plan, learnt, end, digests: this.#digests };
  }
}

function asRepeat(repeat: number): { repeat?: number } {
  return repeat === 0 ? {} : { repeat };
}
