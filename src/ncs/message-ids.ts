/** The largest messageID, a 32-bit signed integer (MOS 2.8.5 section 4.1.6). */
const LARGEST = 2_147_483_647;

/** Every counter starts with ten digits, so that messages keep their length, and with room below the largest. */
const LOWEST_START = 1_000_000_000;
const STARTS = 1_000_000_000;

/**
 * The NCS's counter of messageIDs: each request takes the previous plus one, and the largest is followed by 1. It
 * starts from the clock and not from the seed, so that a campaign does not repeat the messageIDs of the one before,
 * which a device may rightly take for retries.
 */
export class MessageIds {
  #last: number;

  /** @param startMs ms since the epoch; no campaign sends more than one request per ms */
  constructor(startMs: number = Date.now()) {
    this.#last = LOWEST_START + (Math.floor(startMs) % STARTS) - 1;
  }

  /** The next messageID. */
  next(): number {
    this.#last = this.upcoming;
    return this.#last;
  }

  /** Leaves the next `count` messageIDs to whoever counts on from the last one by {@link messageIdAfter}. */
  leave(count: number): void {
    for (let left = count; left > 0; left -= 1) this.next();
  }

  /** What {@link next} will return. */
  get upcoming(): number {
    return messageIdAfter(this.#last);
  }
}

/** The messageID of the request after one with this messageID. */
export function messageIdAfter(messageID: number): number {
  return messageID >= LARGEST ? 1 : messageID + 1;
}
