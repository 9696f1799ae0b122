import type { SocketState } from '../history/facts.ts';
import type { SocketReading } from './observer.ts';

/** What a look at one end showed that is worth a fact. */
export interface Change {
  state: SocketState;
  reading: SocketReading | null;
}

/** An end is final once nothing more can happen to it that concerns the connection. */
function isFinal(state: SocketState | undefined): boolean {
  return state === 'none' || state === 'TIME_WAIT';
}

/** Looks that an end gets which never showed itself; a device on another host never does. */
const MOST_BLANK_LOOKS = 10;

/**
 * What one means knows of one end of a connection. It was alive from the first reading to the first look
 * that finds nothing or another socket; whatever comes back with this tuple later is another connection.
 */
export class ObservedEnd {
  readonly #settleUs: number;
  /** The last reading, until the end is gone. */
  #reading: SocketReading | undefined;
  #state: SocketState | undefined;
  #finalSinceUs = Infinity;
  #firstLookUs: number | undefined;
  #blankLooks = 0;

  /** @param settleUs how long an end is still looked at after it became final, or before it is given up */
  constructor(settleUs: number) {
    this.#settleUs = settleUs;
  }

  /** The last known state; undefined while this means has not seen the end. */
  get state(): SocketState | undefined {
    return this.#state;
  }

  /** Whether the end was seen and has not gone since. */
  get alive(): boolean {
    return this.#reading !== undefined;
  }

  /** Whether looking at it any longer is of no use. */
  settled(us: number): boolean {
    if (this.#state === 'none') return true;
    if (this.#state !== undefined) return us - this.#finalSinceUs >= this.#settleUs;
    const firstLook = this.#firstLookUs ?? us;
    return this.#blankLooks >= MOST_BLANK_LOOKS && us - firstLook >= this.#settleUs;
  }

  /** Whether taking this reading would mean that the end is gone: the caller may want to look again. */
  wouldVanish(reading: SocketReading | null): boolean {
    return this.#reading !== undefined && !this.#continues(reading);
  }

  /** Takes a reading made at `us` and answers what it changes; undefined where there is nothing new. */
  take(reading: SocketReading | null, us: number): Change | undefined {
    this.#firstLookUs ??= us;
    if (this.#state === 'none') return undefined;
    if (!this.#reading && !reading) {
      this.#blankLooks++;
      return undefined;
    }
    const before = this.#reading;
    const next = this.#continues(reading) ? reading : null;
    const state = next?.state ?? 'none';
    const adopted = before?.inode === 0 && next !== null && next.inode !== 0;
    const changed = state !== this.#state || adopted;
    this.#reading = next ?? undefined;
    this.#state = state;
    if (!isFinal(state)) this.#finalSinceUs = Infinity;
    else if (this.#finalSinceUs === Infinity) this.#finalSinceUs = us;
    return changed ? { state, reading: next } : undefined;
  }

  /**
   * Whether a reading is of the same socket as the one before. A cookie tells for certain. Without one: Linux
   * replaces a socket by a smaller one for TIME_WAIT and for an orphan's FIN_WAIT_2, which never becomes a
   * whole one again, and an inode is 0 before the application has accepted and after it has closed.
   */
  #continues(reading: SocketReading | null): boolean {
    const before = this.#reading;
    if (!before || !reading) return reading !== null;
    if (before.cookie !== undefined && reading.cookie !== undefined) return before.cookie === reading.cookie;
    if (before.timer === 'timewait' && reading.timer !== 'timewait') return false;
    if (before.state === 'TIME_WAIT' && reading.state !== 'TIME_WAIT') return false;
    return before.inode === 0 || reading.inode === 0 || before.inode === reading.inode;
  }
}
