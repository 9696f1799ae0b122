/** What a timer calls. */
export type Callback = (...args: unknown[]) => void;

/** A timer of a virtual clock, with what programs ask of a `NodeJS.Timeout`. */
export class VirtualTimer {
  /** When it is due, in ms of the virtual clock. */
  dueMs: number;
  /** ms after which it is due again; undefined for one that fires once. */
  readonly again: number | undefined;
  readonly #callback: Callback;
  readonly #args: readonly unknown[];
  #isRef = true;

  constructor(
    callback: Callback,
    args: readonly unknown[],
    when: { dueMs: number; every: number | undefined },
  ) {
    this.#callback = callback;
    this.#args = args;
    this.dueMs = when.dueMs;
    this.again = when.every === undefined ? undefined : Math.max(1, when.every);
  }

  run(): void {
    this.#callback(...this.#args);
  }

  /** Whether somebody waits for it. */
  hasRef(): boolean {
    return this.#isRef;
  }

  ref(): this {
    this.#isRef = true;
    return this;
  }

  unref(): this {
    this.#isRef = false;
    return this;
  }
}
