import type { Phase } from '../../history/churn/report.ts';
import { nowUs } from '../../history/clock.ts';
import type { ChurnOptions } from './options.ts';

/** Cycles that run one at a time before and after the burst, for comparing how fast they are answered. */
const EDGE = 20;

/** These two parts together take at most this share of the cycles. */
const EDGE_SHARE = 0.4;

/** Of a slow device, so few have to do, as soon as a part has taken this share of the time. */
const EDGE_LEAST = 3;
const EDGE_TIME_SHARE = 0.1;

/** How often the part after the burst is played at most until the device is as fast as before. */
const AFTER_ROUNDS = 3;

/** So many cycles more than were asked for are begun at most. */
export const MOST_EXTRA_CYCLES = (AFTER_ROUNDS - 1) * EDGE;

/** Decides when the next cycle begins: its part of the churn, the rate, the time box. */
export class Schedule {
  phase: Phase | 'over' = 'before';
  /** Cycles begun. */
  started = 0;
  /** Why no cycle is begun any more. */
  endedBy: 'cycles' | 'time' = 'cycles';
  readonly #options: ChurnOptions;
  readonly #isFastAgain: () => boolean;
  readonly #edge: number;
  readonly #startUs = nowUs();
  #phaseUs = nowUs();
  #inPhase = 0;
  #round = 1;

  /** @param isFastAgain whether the cycles after the burst were answered as fast as those before it */
  constructor(options: ChurnOptions, isFastAgain: () => boolean) {
    this.#options = options;
    this.#isFastAgain = isFastAgain;
    this.#edge = options.requests ? Math.min(EDGE, Math.floor((options.cycles * EDGE_SHARE) / 2)) : 0;
    if (this.#edge === 0) this.phase = 'during';
  }

  /** Cycles that may be under way at once in this part. */
  get width(): number {
    const { concurrency, mostOpen } = this.#options;
    return this.phase === 'during' ? Math.min(concurrency, mostOpen) : 1;
  }

  /** Whether another cycle of this part is to begin, `open` others being under way, as soon as the rate allows it. */
  hasMore(open: number): boolean {
    return this.phase !== 'over' && !this.#isFull() && open < this.width;
  }

  /** A cycle begins. */
  start(): void {
    this.started += 1;
    this.#inPhase += 1;
  }

  /** Goes on to the next part where this one is over; true where it did. */
  turn(open: number): boolean {
    if (this.phase === 'over' || open > 0 || !this.#isFull()) return false;
    if (this.phase === 'after' && this.#round < AFTER_ROUNDS && !this.#isFastAgain()) {
      this.#round += 1;
      this.#enter('after');
      return true;
    }
    if (this.phase === 'before') this.#enter('during');
    else this.#enter(this.phase === 'during' && this.#edge > 0 ? 'after' : 'over');
    return true;
  }

  /** Begins no cycle any more. */
  stop(): void {
    this.phase = 'over';
  }

  #enter(phase: Phase | 'over'): void {
    this.phase = phase;
    this.#inPhase = 0;
    this.#phaseUs = nowUs();
  }

  /** Whether the part under way has all its cycles. */
  #isFull(): boolean {
    const { cycles, timeMs, atLeast } = this.#options;
    if (this.phase !== 'during') {
      if (this.#inPhase >= this.#edge) return true;
      if (this.#inPhase < EDGE_LEAST || elapsedMs(this.#phaseUs) < timeMs * EDGE_TIME_SHARE) return false;
      if (this.phase === 'after') this.endedBy = 'time';
      return true;
    }
    if (this.started >= cycles - this.#edge) return true;
    if (elapsedMs(this.#startUs) < timeMs || this.started < atLeast) return false;
    this.endedBy = 'time';
    return true;
  }

  /** Whether the rate allows another cycle now. */
  get isTime(): boolean {
    const { rate } = this.#options;
    return rate === undefined || elapsedMs(this.#startUs) * rate >= this.started * 1_000;
  }
}

function elapsedMs(sinceUs: number): number {
  return (nowUs() - sinceUs) / 1_000;
}
