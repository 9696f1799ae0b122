import { nowUs } from '../history/clock.ts';
import type { Tuple } from '../history/facts.ts';
import { queryFor } from '../observe/observer.ts';
import type { SocketLookup } from '../scenario/context.ts';

/** The least time between two looks, in microseconds. */
const LOOK_US = 10_000;

/** A connection that was ended and not released when its test was over. */
interface Leftover {
  tuple: Tuple;
  /** From then on it counts as leaked: it is no longer waited for. */
  untilUs: number;
}

/**
 * The connections that tests which are over have left to be released: each takes a place at the device until both ends
 * have let go of it, or its release time is over.
 */
export class Leftovers {
  readonly #lookup: SocketLookup | undefined;
  #entries: Leftover[] = [];
  #lookedUs = 0;

  constructor(lookup: SocketLookup | undefined) {
    this.#lookup = lookup;
  }

  /** @param untilUs when the release time of the connection is over */
  enter(tuple: Tuple, untilUs: number): void {
    this.#entries.push({ tuple, untilUs });
  }

  /** How many there are now, as far as a look shows. */
  get count(): number {
    const now = nowUs();
    this.#entries = this.#entries.filter(({ untilUs }) => untilUs > now);
    if (this.#entries.length > 0 && now - this.#lookedUs >= LOOK_US) {
      this.#lookedUs = now;
      this.#look(this.#entries);
    }
    return this.#entries.length;
  }

  #look(entries: readonly Leftover[]): void {
    const drop = (readings: Awaited<ReturnType<SocketLookup['lookup']>>): void => {
      const gone = new Set(
        entries.filter((_, index) => ['TIME_WAIT', undefined].includes(readings[index]?.state)),
      );
      this.#entries = this.#entries.filter((one) => !gone.has(one));
    };
    try {
      const readings = this.#lookup?.lookup(entries.map(({ tuple }) => queryFor(tuple, 'ncs')));
      if (readings instanceof Promise) void readings.then(drop, () => undefined);
      else if (readings) drop(readings);
    } catch {
      // Where nothing can be seen, the release time says when a place is free.
    }
  }
}
