import type { CloseKind } from '../../history/churn/tally.ts';
import { nowUs } from '../../history/clock.ts';
import type { Account } from './account.ts';
import type { Cycle } from './cycle.ts';
import type { Eyes } from './eyes.ts';
import { releaseOf } from './release.ts';

/** A first look at a closed connection after this time, the next after a quarter of its age, at most so long. */
const FIRST_LOOK_US = 2_000;
const LONGEST_LOOK_US = 100_000;

/** Looks come so much earlier where somebody waits for what they show. */
const EARLIER_US = FIRST_LOOK_US - 150;

/**
 * The second half of a cycle: the connections that we have ended, until both ends have let go. One that still
 * stands when its release time is over counts as left, is looked at further and may be released late.
 */
export class Releases {
  readonly #account: Account;
  readonly #eyes: Eyes;
  readonly #onSettled: (cycle: Cycle) => void;
  readonly #ending = new Set<Cycle>();
  readonly #left = new Set<Cycle>();
  /** Whether a connection that we did not abort was ever released. */
  #anyReleased = false;

  /** @param onSettled told of every connection of which nothing more is to be found out */
  constructor(account: Account, eyes: Eyes, onSettled: (cycle: Cycle) => void) {
    this.#account = account;
    this.#eyes = eyes;
    this.#onSettled = onSettled;
  }

  /** Ended by us within the release time; the device has not let go yet, as far as we know. */
  get ending(): ReadonlySet<Cycle> {
    return this.#ending;
  }

  /** Connections that still stood when their release time was over. */
  get left(): ReadonlySet<Cycle> {
    return this.#left;
  }

  /** Whether more than so many connections stand this long, in microseconds, and never was one released. */
  areStuck(count: number, forUs: number): boolean {
    if (this.#anyReleased || this.#ending.size + this.#left.size < count) return false;
    const [oldest] = this.#left.size > 0 ? this.#left : this.#ending;
    return oldest !== undefined && nowUs() - oldest.endedUs >= forUs;
  }

  /** Ends a connection in its way; its release is awaited from now on. */
  begin(cycle: Cycle): void {
    const how = this.#wayFor(cycle);
    this.#ending.add(cycle);
    this.#account.tally.endedBy[how] += 1;
    cycle.end(how);
    if (how === 'abort' && !cycle.device?.seen) this.#unseen(cycle);
    else if (how !== 'abort' && cycle.finReceived) this.released(cycle);
    else if (how !== 'half-close') cycle.nextLookUs = cycle.endedUs + FIRST_LOOK_US;
  }

  /**
   * The connections at which it is time to look.
   * @param pressing whether their places are waited for: looks come earlier then
   */
  due(pressing = false): Cycle[] {
    const now = nowUs() + (pressing ? EARLIER_US : 0);
    return this.#all().filter(({ nextLookUs }) => nextLookUs <= now);
  }

  /** Goes by the last look at a connection. */
  judge(cycle: Cycle): void {
    if (cycle.nextLookUs === Infinity) return;
    const release = releaseOf(cycle);
    if (release !== 'standing') return this.released(cycle, release === 'released by absence');
    if (cycle.dueUs === Infinity) this.#leave(cycle);
    const nextUs = (nowUs() - cycle.endedUs) / 4;
    cycle.nextLookUs = nowUs() + Math.min(Math.max(nextUs, FIRST_LOOK_US), LONGEST_LOOK_US);
  }

  /** The release time of a connection is over; where there is a means, one more look says whether it still stands. */
  expire(cycle: Cycle): void {
    if (this.#eyes.open) cycle.nextLookUs = 0;
    else this.#leave(cycle);
  }

  /** Both ends of a connection have let go. */
  released(cycle: Cycle, byAbsence = false): void {
    const { tally } = this.#account;
    if (cycle.kind !== 'abort') this.#anyReleased = true;
    if (cycle.wasLeft) tally.late += 1;
    else tally.released += 1;
    if (byAbsence) tally.provenByAbsence += 1;
    this.#onSettled(cycle);
  }

  /** Nothing can be looked at any more: what only a look could have shown stays unseen. */
  goBlind(): void {
    for (const cycle of this.#all()) if (cycle.nextLookUs !== Infinity) this.#unseen(cycle);
  }

  /** No longer waits for a connection. */
  forget(cycle: Cycle): void {
    this.#ending.delete(cycle);
    this.#left.delete(cycle);
  }

  /** Where no means shows our end without a descriptor, it is kept behind the FIN: the same on the wire. */
  #wayFor({ kind, ncs }: Cycle): CloseKind {
    return kind === 'close' && !(ncs?.seen && this.#eyes.open) ? 'half-close' : kind;
  }

  #leave(cycle: Cycle): void {
    cycle.wasLeft = true;
    this.#ending.delete(cycle);
    this.#left.add(cycle);
  }

  #unseen(cycle: Cycle): void {
    this.#account.tally.unseen += 1;
    this.#onSettled(cycle);
  }

  #all(): Cycle[] {
    return [...this.#ending, ...this.#left];
  }
}
