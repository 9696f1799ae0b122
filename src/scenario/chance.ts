/**
 * A source of numbers for what a campaign may do one way or another. The same seed and names give the same numbers
 * on every machine, whatever else draws numbers meanwhile. For spreading tests, not for secrets: splitmix32.
 */
export class Chance {
  #state: number;

  /** @param names what the numbers are for, such as the test and the choice to be made in it */
  constructor(seed: number, ...names: readonly string[]) {
    this.#state = hashOf([String(seed), ...names].join('\n'));
  }

  /** A whole number from 0 on that is smaller than `limit`, which is at most 2^32. */
  below(limit: number): number {
    return Math.floor((this.#next() / 2 ** 32) * limit);
  }

  /** The same things in an order of their own. */
  shuffled<T>(things: readonly T[]): T[] {
    const left = [...things];
    return things.flatMap(() => left.splice(this.below(left.length), 1));
  }

  #next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }
}

/** FNV-1a over the code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
