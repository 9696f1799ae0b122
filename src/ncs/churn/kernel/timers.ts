/** Something that is to be done at a time. */
interface Timer {
  dueUs: number;
  act: () => void;
}

/** What is to be done later, in the order in which it is due. */
export class Timers {
  readonly #timers: Timer[] = [];

  /** When the next one is due; Infinity where there is none. */
  get nextUs(): number {
    return this.#timers[0]?.dueUs ?? Infinity;
  }

  /** Has something done at a time, after everything that was to be done at the same time. */
  add(dueUs: number, act: () => void): void {
    let index = this.#timers.length;
    while (index > 0 && (this.#timers[index - 1]?.dueUs ?? 0) > dueUs) index -= 1;
    this.#timers.splice(index, 0, { dueUs, act });
  }

  /** Does what is due, and nothing that becomes due meanwhile. */
  run(nowUs: number): void {
    const due = this.#timers.findIndex(({ dueUs }) => dueUs > nowUs);
    for (const { act } of this.#timers.splice(0, due < 0 ? this.#timers.length : due)) act();
  }
}
