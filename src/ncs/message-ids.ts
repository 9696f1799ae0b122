/** The largest messageID, a 32-bit signed integer (MOS 2.8.5 section 4.1.6). */
const LARGEST = 2_147_483_647;

/** Where a counter starts: with nine digits for as long as any campaign lasts, so that messages keep their length. */
const LOWEST_START = 100_000_000;
const STARTS = 800_000_000;

/** The NCS's counter of messageIDs: each request takes the previous plus one, and the largest is followed by 1. */
export class MessageIds {
  #last: number;

  /**
   * @param choose a whole number from 0 on, smaller than the one it is given; best another one for every run,
   * because a device may rightly take the messageIDs of the run before for retries
   */
  constructor(choose: (limit: number) => number) {
    this.#last = LOWEST_START + choose(STARTS) - 1;
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
