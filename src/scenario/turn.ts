import type { Floor } from './floor.ts';

/** What a test has in hand. */
export interface InHand {
  /** Its connections that are open at our end. */
  readonly open: readonly unknown[];
  /** Those that take a place at the device, as far as we know: open, or not released yet. */
  readonly held: readonly unknown[];
  /** Whether nothing is owed on them. */
  readonly isIdle: boolean;
}

/** What a test does while it does not act: `watches` says that nothing it has begun is to be served any more. */
export type Idling = 'waits' | 'waits long' | 'watches';

/** What a turn asks of the campaign. */
export interface TurnRules {
  /** The place of the test in the order of the suites. */
  order: number;
  /** Whether the test may leave the floor now: nothing that it measures may be disturbed. */
  mayLeave: (test: InHand, how: Idling) => boolean;
  /** Whether the device serves after what the test has done to it: nobody else may be charged for that. */
  serves: () => Promise<boolean>;
  /** Told when the test has left the floor. */
  onLeft: () => void;
}

/**
 * What one test has of the floor: it holds it when it begins, gives it back while it only waits, after the device was
 * seen to serve, and takes it again before it acts.
 */
export class Turn {
  readonly #floor: Floor;
  readonly #rules: TurnRules;
  /** The test whose turn it is, once it has begun. */
  test: InHand | undefined;
  #holds = true;
  #taking: Promise<void> | undefined;
  #acted = false;
  #probing = false;
  #stays = false;
  /** Microseconds for which the test has waited for the floor. */
  queuedUs = 0;

  constructor(floor: Floor, rules: TurnRules) {
    this.#floor = floor;
    this.#rules = rules;
  }

  /** Whether the test does not act now. */
  get isAside(): boolean {
    return !this.#holds;
  }

  /** Resolves when the test may act; there is nothing to wait for where it is undefined. */
  act(): Promise<void> | undefined {
    if (!this.#probing) this.#acted = true;
    if (this.#holds) return undefined;
    this.#taking ??= this.#take();
    return this.#taking;
  }

  /**
   * The test only waits: gives the floor back where it may. A device that does not serve after what the test has done
   * stays with the test until its end, so that the loss is charged to it.
   */
  async stepAside(how: Idling): Promise<void> {
    const { test } = this;
    if (!test || !this.#holds || this.#probing || this.#stays || !this.#rules.mayLeave(test, how)) return;
    if (this.#acted) {
      this.#acted = false;
      this.#stays = !(await this.proving(this.#rules.serves));
      if (this.#stays || this.#acted || !this.#holds) return;
    }
    this.end();
    this.#rules.onLeft();
  }

  /** From now on the test stays on the floor: the device is lost, and nobody else is to find out. */
  stay(): void {
    this.#stays = true;
  }

  /** Proves something about the device, without a break and without counting as an act that needs a proof. */
  async proving<T>(prove: () => Promise<T>): Promise<T> {
    this.#probing = true;
    try {
      return await prove();
    } finally {
      this.#probing = false;
    }
  }

  /** The device was proved to serve after everything that the test did. */
  proved(): void {
    this.#acted = false;
  }

  /** Gives the floor back at the end of the test. */
  end(): void {
    if (!this.#holds) return;
    this.#holds = false;
    this.#floor.give();
  }

  async #take(): Promise<void> {
    this.queuedUs += await this.#floor.take(this.#rules.order);
    this.#holds = true;
    this.#taking = undefined;
  }
}
