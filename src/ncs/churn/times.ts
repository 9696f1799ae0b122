/** So many are kept at most. */
const MOST = 32_768;

/** Times, of which the quantiles are wanted: all of them, or of very many every second, every fourth and so on. */
export class Times {
  #kept: number[] = [];
  /** One of so many is kept. */
  #share = 1;
  #count = 0;

  /** Those that are kept, in the order in which they came. */
  get all(): number[] {
    return this.#kept;
  }

  add(time: number): void {
    this.#count += 1;
    if (this.#count % this.#share !== 0) return;
    this.#kept.push(time);
    if (this.#kept.length < MOST) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 1);
    this.#share *= 2;
  }

  clear(): void {
    this.#kept = [];
    this.#share = 1;
    this.#count = 0;
  }
}
