import { nowUs } from '../../history/clock.ts';
import type { Engine } from './engine.ts';

/** ms between two ticks. */
const TICK_MS = 2;

/** The longest step, in microseconds, that one tick can make. */
const LONGEST_STEP_US = 50_000;

/**
 * A clock that stands still while our event loop does: what the device did meanwhile has not been read yet, and
 * must not be taken for silence.
 */
export class LoopClock {
  readonly #engine: Engine;
  #stop: (() => void) | undefined;
  #lastUs = nowUs();
  #largestLagUs = 0;
  /** Microseconds in which the loop turned. */
  us = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Begins to tick; `onTick` is called after each step of the clock. */
  start(onTick: () => void): void {
    this.#stop = this.#engine.every(TICK_MS, () => {
      this.#tick();
      onTick();
    });
  }

  stop(): void {
    this.#stop?.();
  }

  /** The largest delay of a tick since the last call, in ms. */
  takeLagMs(): number {
    const lag = this.#largestLagUs / 1_000;
    this.#largestLagUs = 0;
    return lag;
  }

  #tick(): void {
    const now = nowUs();
    const passed = now - this.#lastUs;
    this.#lastUs = now;
    this.us += Math.min(passed, LONGEST_STEP_US);
    this.#largestLagUs = Math.max(this.#largestLagUs, passed - TICK_MS * 1_000);
  }
}
