import type { Cycle } from './cycle.ts';
import type { LoopClock } from './loop-clock.ts';

/** Until when what is awaited on a connection must have come, on the clock of our own event loop. */
export class Deadlines {
  readonly #clock: LoopClock;

  constructor(clock: LoopClock) {
    this.#clock = clock;
  }

  /** Something must come within so many ms from now. */
  set(cycle: Cycle, ms: number): void {
    cycle.dueUs = this.#clock.us + ms * 1_000;
    cycle.overdue = false;
  }

  /** Nothing is awaited any more. */
  lift(cycle: Cycle): void {
    cycle.dueUs = Infinity;
  }

  /** The connections that are overdue at a second tick: what came while our loop stood still is read before it. */
  *passed(cycles: Iterable<Cycle>): Generator<Cycle> {
    for (const cycle of cycles) {
      if (this.#clock.us < cycle.dueUs) continue;
      if (cycle.overdue) yield cycle;
      else cycle.overdue = true;
    }
  }
}
