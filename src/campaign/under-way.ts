import type { Turn } from '../scenario/turn.ts';
import type { PlannedTest } from './plan.ts';

/** A test that has begun and not ended. */
export class UnderWay {
  readonly planned: PlannedTest;
  readonly #controller = new AbortController();
  /** What it has of the floor. */
  turn!: Turn;
  /** Whether it waited while others acted, or others waited while it did. */
  hadCompany = false;
  /** Whether the device was lost meanwhile, so that it shows nothing. */
  isSpoiled = false;

  constructor(planned: PlannedTest) {
    this.planned = planned;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether it only waits, and every connection of its own is ended by us: it can be in nobody's way. */
  get onlyWatches(): boolean {
    return this.turn.isAside && this.open === 0;
  }

  /** How many of its connections are open at our end. */
  get open(): number {
    return this.turn.test?.open.length ?? 0;
  }

  /** How many places it takes at the device, as far as we know. */
  get held(): number {
    return this.turn.test?.held.length ?? 0;
  }

  /** Whether it only waits, on connections on which nothing is owed: it takes nothing from the device but room. */
  get rests(): boolean {
    return this.turn.isAside && this.turn.test?.isIdle === true;
  }

  /** Ends it early. */
  stop(reason: unknown): void {
    this.#controller.abort(reason);
  }
}
