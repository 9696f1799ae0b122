import type { Cycle } from './cycle.ts';
import type { Engine } from './engine.ts';
import type { LookUp } from './options.ts';
import { endsOf } from './release.ts';
import { lookAt, type WatchedEnd } from './watched-end.ts';

/** What becomes of a round of looks. */
export interface Onlooker {
  looked(cycles: readonly Cycle[]): void;
  /** The means failed; nothing is looked at any more. */
  wentBlind(why: string, cycles: readonly Cycle[]): void;
}

/** Looks at the sockets of cycles, many in one round, one round at a time, those just opened first of all. */
export class Eyes {
  readonly #engine: Engine;
  readonly #lookUp: LookUp | undefined;
  readonly #onlooker: Onlooker;
  #fresh: Cycle[] = [];
  #looking = false;
  #planned = false;
  #blind = false;

  constructor(engine: Engine, lookUp: LookUp | undefined, onlooker: Onlooker) {
    this.#engine = engine;
    this.#lookUp = lookUp;
    this.#onlooker = onlooker;
  }

  /** Whether a look can be expected to be taken. */
  get open(): boolean {
    return this.#lookUp !== undefined && !this.#blind;
  }

  /** A connection has just been opened: it is looked at in the next round. */
  welcome(cycle: Cycle): void {
    if (this.open) this.#fresh.push(cycle);
  }

  /** Somebody waits for a first look: the next round comes as soon as there is nothing else to do. */
  hurry(): void {
    if (this.#planned) return;
    this.#planned = true;
    this.#engine.soon(() => {
      this.#planned = false;
      this.look([]);
    });
  }

  /** Looks at these connections and at those just opened, unless a round is under way. */
  look(due: readonly Cycle[]): void {
    if (!this.#lookUp || this.#blind || this.#looking) return;
    if (due.length === 0 && this.#fresh.length === 0) return;
    const cycles = [...this.#fresh.filter(({ stage }) => stage === 'using'), ...due];
    this.#fresh = [];
    this.#looking = true;
    try {
      const ends: WatchedEnd[] = [];
      for (const cycle of cycles) ends.push(...endsOf(cycle));
      const round = lookAt(ends, this.#lookUp);
      if (!round) this.#looked(cycles);
      else {
        round.then(
          () => this.#looked(cycles),
          (error: unknown) => this.#goBlind(error, cycles),
        );
      }
    } catch (error) {
      this.#goBlind(error, cycles);
    }
  }

  /** Ends all looking. */
  close(): void {
    this.#blind = true;
    this.#fresh = [];
  }

  #looked(cycles: readonly Cycle[]): void {
    this.#looking = false;
    if (this.#blind) return;
    for (const cycle of cycles) cycle.looked = true;
    this.#onlooker.looked(cycles);
  }

  #goBlind(error: unknown, cycles: readonly Cycle[]): void {
    if (this.#blind) return;
    const all = [...cycles, ...this.#fresh];
    this.close();
    this.#onlooker.wentBlind(error instanceof Error ? error.message : String(error), all);
  }
}
