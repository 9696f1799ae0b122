import { nowUs } from '../../history/clock.ts';

/** The longest step, in microseconds, that one tick can make. */
const LONGEST_STEP_US = 50_000;

/**
 * A clock that stands still while our event loop does: what the device did meanwhile has not been read yet, and
 * must not be taken for silence.
 */
export class LoopClock {
  readonly #periodUs: number;
  #lastUs = nowUs();
  #largestLagUs = 0;
  /** Microseconds in which the loop turned. */
  us = 0;

  /** @param periodMs the time between two calls of {@link tick} */
  constructor(periodMs: number) {
    this.#periodUs = periodMs * 1_000;
  }

  tick(): void {
    const now = nowUs();
    const passed = now - this.#lastUs;
    this.#lastUs = now;
    this.us += Math.min(passed, LONGEST_STEP_US);
    this.#largestLagUs = Math.max(this.#largestLagUs, passed - this.#periodUs);
  }

  /** The largest delay of a tick since the last call, in ms. */
  takeLagMs(): number {
    const lag = this.#largestLagUs / 1_000;
    this.#largestLagUs = 0;
    return lag;
  }
}
