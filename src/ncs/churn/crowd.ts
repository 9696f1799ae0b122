import type { Cycle } from './cycle.ts';

/** Of the connections that may be open at once, so many stay until new ones take their places. */
const HELD_SHARE = 0.8;

/**
 * The connections of a churn that we have not ended. One that has done its work is held, so that the device has a crowd
 * to serve, until most of those that may be open have done theirs.
 */
export class Crowd {
  readonly #open = new Set<Cycle>();
  readonly #held = new Set<Cycle>();

  /** Being opened, used or held. */
  get open(): ReadonlySet<Cycle> {
    return this.#open;
  }

  /** Those for which the device has not done yet what they came for. */
  get unserved(): number {
    return this.#open.size - this.#held.size;
  }

  /** A connection is begun. */
  add(cycle: Cycle): void {
    this.#open.add(cycle);
  }

  /** It has done its work. */
  hold(cycle: Cycle): void {
    this.#held.add(cycle);
  }

  isHeld(cycle: Cycle): boolean {
    return this.#held.has(cycle);
  }

  /** It is ended, or nothing came of it. */
  remove(cycle: Cycle): void {
    this.#open.delete(cycle);
    this.#held.delete(cycle);
  }

  /**
   * Holds no connection any more where enough were held, and gives those that were.
   * @param width how many may be open at once
   * @param hasMore whether another one may be begun
   */
  letGo(width: number, hasMore: () => boolean): Cycle[] {
    const isFull = this.#held.size >= width * HELD_SHARE;
    if (!isFull && (this.unserved > 0 || hasMore())) return [];
    const held = [...this.#held];
    this.#held.clear();
    return held;
  }
}
