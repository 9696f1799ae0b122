import { nowUs } from '../history/clock.ts';

const BUSY_FOR_US = 1_000_000;
const IDLE_FACTOR = 5;

/**
 * Calls `sample` again and again: every interval while something happens and for a second after it, five
 * times as seldom otherwise, and only while there is work. Never two at once, never without a rest between
 * them, never keeping the process alive.
 */
export class Pace {
  readonly #intervalMs: number;
  readonly #sample: () => void | Promise<void>;
  readonly #hasWork: () => boolean;
  #timer: NodeJS.Timeout | undefined;
  #idle = false;
  #sampling = false;
  #stopped = false;
  #activeUs = -Infinity;
  /** The least time to the next sample, in ms: what the last one cost others. */
  restMs = 0;

  constructor(intervalMs: number, sample: () => void | Promise<void>, hasWork: () => boolean) {
    this.#intervalMs = intervalMs;
    this.#sample = sample;
    this.#hasWork = hasWork;
  }

  /** Something happened, or is about to. */
  hurry(): void {
    this.#activeUs = nowUs();
    // A timer that runs at full pace already must not be put off again.
    if (this.#sampling || (this.#timer !== undefined && !this.#idle)) return;
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#stopped || !this.#hasWork()) return;
    this.#idle = nowUs() - this.#activeUs >= BUSY_FOR_US;
    const intervalMs = this.#idle ? this.#intervalMs * IDLE_FACTOR : this.#intervalMs;
    this.#timer = setTimeout(() => void this.#tick(), Math.max(intervalMs, this.restMs));
    this.#timer.unref();
  }

  async #tick(): Promise<void> {
    this.#sampling = true;
    try {
      await this.#sample();
    } finally {
      this.#sampling = false;
      this.#schedule();
    }
  }
}
