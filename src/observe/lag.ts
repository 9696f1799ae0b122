import { nowUs } from '../history/clock.ts';

const PERIOD_MS = 10;

/**
 * Measures how late this process' event loop runs. What happened while it stood still was seen too late,
 * so a verdict about time has to look here first. Costs a timer of 10 ms, which does not keep the process alive.
 */
export class LagMonitor {
  readonly #timer: NodeJS.Timeout;
  #expectedUs = nowUs() + PERIOD_MS * 1000;
  #largestUs = 0;

  constructor() {
    this.#timer = setInterval(() => this.#tick(), PERIOD_MS);
    this.#timer.unref();
  }

  /** The largest lag since {@link mark}, in microseconds, the one that still lasts included. */
  get largestUs(): number {
    return Math.max(this.#largestUs, nowUs() - this.#expectedUs, 0);
  }

  /** Starts measuring anew. */
  mark(): void {
    this.#largestUs = 0;
    this.#expectedUs = nowUs() + PERIOD_MS * 1000;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    this.#largestUs = this.largestUs;
    this.#expectedUs = nowUs() + PERIOD_MS * 1000;
  }
}
