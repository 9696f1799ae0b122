/** The largest messageID, a 32-bit signed integer (MOS 2.8.5 section 4.1.6). */
const LARGEST = 2_147_483_647;

/** Milliseconds since the epoch at the start of 2025; keeps the first ID of a run well below the limit. */
const EPOCH_2025 = 1_735_689_600_000;

/**
 * The NCS's counter of messageIDs: each request takes the previous plus one. It starts from the time of day, so
 * that a run does not repeat the IDs of the run before, which a device may rightly take for retries.
 */
export class MessageIds {
  #last: number;

  constructor(startMs: number = Date.now()) {
    this.#last = Math.max(1, Math.floor((startMs - EPOCH_2025) / 100) % 1_000_000_000);
  }

  /** The next messageID. */
  next(): number {
    this.#last = this.upcoming;
    return this.#last;
  }

  /** What {@link next} will return. */
  get upcoming(): number {
    return this.#last >= LARGEST ? 1 : this.#last + 1;
  }
}
