import { latencyLimitMs, quantilesOf } from '../../history/churn/latency.ts';
import type { ChurnReport, Phase } from '../../history/churn/report.ts';
import { failuresOf, newTally, type Tally } from '../../history/churn/tally.ts';
import { nowUs } from '../../history/clock.ts';
import type { ConnectFailure } from '../failure.ts';
import type { Cycle } from './cycle.ts';
import { whereLeft } from './release.ts';
import { Times } from './times.ts';

/** Failed cycles that are described one by one. */
const MOST_EXAMPLES = 5;

/** So much against the device ends a churn; less where nothing at all succeeded. */
const ENOUGH_FAILURES = 10;
const ENOUGH_WITHOUT_SUCCESS = 3;

/** What became of a request. */
export type Conclusion = 'answered' | 'unanswered' | 'closedEarly' | 'resetEarly' | 'misdirected';

/** The books of a churn: counts, times of answers, and a few failed cycles in words. */
export class Account {
  readonly tally: Tally = newTally();
  readonly #times = { before: new Times(), during: new Times(), after: new Times() };
  readonly lagMs: Record<Phase, number> = { before: 0, during: 0, after: 0 };
  readonly examples: string[] = [];

  /** Enters a connection that could not be opened. */
  notOpened(cycle: Cycle, failure: ConnectFailure): void {
    if (failure.whose === 'ours') this.tally.limited += 1;
    else {
      if (failure.reason === 'refused') this.tally.refused += 1;
      else if (failure.reason === 'reset') this.tally.resetOnOpen += 1;
      else this.tally.unreached += 1;
      this.describe(cycle, failure.text);
    }
  }

  /** Enters how long an answer took. */
  answeredAfter(phase: Phase | 'over', ms: number): void {
    if (phase !== 'over') this.#times[phase].add(ms);
  }

  /** Enters what became of a request, once. */
  conclude(cycle: Cycle, how: Conclusion, example?: string): void {
    if (cycle.concluded) return;
    cycle.concluded = true;
    this.tally[how] += 1;
    if (example !== undefined) this.describe(cycle, example);
  }

  /** Closes the books, with the connections that are still not released. */
  close(left: Iterable<Cycle>): Pick<ChurnReport, 'tally' | 'latencies' | 'lagMs' | 'examples' | 'leftAt'> {
    const inOrder = [...left].sort((a, b) => a.number - b.number);
    for (const cycle of inOrder) this.#left(cycle);
    const { tally, lagMs, examples } = this;
    const { before, during, after } = this.#times;
    const latencies = { before: before.all, during: during.all, after: after.all };
    return { tally, latencies, lagMs, examples, leftAt: inOrder.map(({ number }) => number) };
  }

  #left(cycle: Cycle): void {
    const where = whereLeft(cycle);
    this.tally.left += 1;
    this.tally.leftIn.set(where, (this.tally.leftIn.get(where) ?? 0) + 1);
    this.describe(cycle, `${where}, ${((nowUs() - cycle.endedUs) / 1e6).toFixed(1)} s after our FIN`);
  }

  /** Enters a cycle that the end of the churn breaks off. */
  brokenOff(cycle: Cycle): void {
    const { brokenOff } = this.tally;
    if (cycle.stage === 'opening') brokenOff.opening += 1;
    else brokenOff.ending += 1;
    if (cycle.asked && !cycle.concluded) brokenOff.asking += 1;
  }

  /** Keeps a failed cycle in words, if there is room. */
  describe(cycle: Cycle, text: string): void {
    if (this.examples.length >= MOST_EXAMPLES) return;
    const from = cycle.local === undefined ? '' : ` from ${cycle.local}`;
    this.examples.push(`connection ${cycle.number}${from}: ${text}`);
  }

  /** Enters how long our own loop did not turn. */
  lag(phase: Phase, ms: number): void {
    this.lagMs[phase] = Math.max(this.lagMs[phase], ms);
  }

  /** Whether the cycles after the burst were answered as fast as those before; where not, they count no more. */
  isFastAgain(): boolean {
    const before = quantilesOf(this.#times.before.all);
    const after = quantilesOf(this.#times.after.all);
    if (!before || !after || after.p95 <= latencyLimitMs(before)) return true;
    this.#times.after.clear();
    return false;
  }

  /**
   * Whether more cycles would only hurt the device.
   * @param standing connections that stand although their release time is over
   */
  isRefuted(standing: number): boolean {
    const failures = failuresOf(this.tally) + standing;
    if (failures >= ENOUGH_FAILURES) return true;
    const { asked, answered, released } = this.tally;
    return failures >= ENOUGH_WITHOUT_SUCCESS && (asked > 0 ? answered : released) === 0;
  }
}
