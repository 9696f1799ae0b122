import type { History } from '../history/history.ts';

/** Bytes of smaller messages that may be held beside the largest one, all tests together. */
const BESIDE = 16 * 1024 * 1024;

/**
 * What a message takes beside its bytes: its elements, its place in the history, and the time of whoever looks through
 * all messages. Some five thousand small ones find room at once; the tests ask for less than two hundred.
 */
export const PER_MESSAGE = 16 * 1024;

/**
 * What one test holds of what devices have sent it, messages and parts of them. All tests together hold a little more
 * than the largest message that is accepted: a device that sends more shall not cost this machine its memory.
 */
export class Holdings {
  static readonly #all = new WeakMap<History, Holdings>();
  static #total = 0;
  #held = 0;

  /** Those of the test that has this history. */
  static of(history: History): Holdings {
    const known = Holdings.#all.get(history) ?? new Holdings();
    Holdings.#all.set(history, known);
    return known;
  }

  /** Takes room for so many bytes more, less where negative; false, and nothing is taken, where there is none. */
  take(bytes: number, messageSize: number): boolean {
    if (bytes > 0 && Holdings.#total + bytes > messageSize + BESIDE) return false;
    this.#held += bytes;
    Holdings.#total += bytes;
    return true;
  }

  /** The test is over: what it holds is given up. */
  release(): void {
    Holdings.#total -= this.#held;
    this.#held = 0;
  }
}
