import { nowUs } from '../history/clock.ts';

/**
 * The right to act on the device. One test at a time holds it; a test that only waits gives it back, and takes it again
 * before it goes on. Whoever comes earlier in the order of the tests is served first.
 */
export class Floor {
  readonly #waiting: { order: number; enter: () => void }[] = [];
  #isTaken = false;

  /**
   * Resolves when the floor is this test's.
   * @param order the place of the test in the order of the suites
   * @returns microseconds for which it was waited for
   */
  async take(order: number): Promise<number> {
    if (!this.#isTaken) {
      this.#isTaken = true;
      return 0;
    }
    const startUs = nowUs();
    await new Promise<void>((enter) => {
      const at = this.#waiting.findIndex((one) => one.order > order);
      this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, { order, enter });
    });
    return nowUs() - startUs;
  }

  /** Gives the floor to the first who waits for it. */
  give(): void {
    const next = this.#waiting.shift();
    if (next) next.enter();
    else this.#isTaken = false;
  }
}
