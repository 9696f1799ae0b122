import { nowUs } from '../../history/clock.ts';
import type { ChurnOptions } from './options.ts';

/** Connections that may wait to be accepted on many a correct device; more are begun one by one, not in one burst. */
export const SHORT_BACKLOG = 5;

/** ms between connections that exceed a short backlog. */
const GAP_MS = 2;

/** Connections without a message that wait for their release: a device that accepts slowly has not even seen them all. */
const MOST_MUTE = 10;

/** Whether the device has room for another connection: within its limit, and without overrunning its backlog. */
export class Room {
  readonly #options: Pick<ChurnOptions, 'mostOpen' | 'restMs'>;
  #resting = 0;
  #startedUs = 0;
  /** The most connections that existed at once. */
  mostOpen = 0;

  constructor(options: Pick<ChurnOptions, 'mostOpen' | 'restMs'>) {
    this.#options = options;
  }

  /** A connection was begun, with which so many exist. */
  begun(existing: number): void {
    this.#startedUs = nowUs();
    this.mostOpen = Math.max(this.mostOpen, existing + this.#resting);
  }

  /** Whether one more may exist beside so many, of which so many wait for their release without having said a word. */
  hasPlace(existing: number, mute: number): boolean {
    return mute < MOST_MUTE && existing + this.#resting < this.#options.mostOpen;
  }

  /** Whether one more fits a short backlog: so few have not been served yet, or the device had some time. */
  isGentle(unserved: number): boolean {
    return unserved < SHORT_BACKLOG || nowUs() - this.#startedUs >= GAP_MS * 1_000;
  }

  /** Keeps the place of a released connection empty for a while, so that the device can count it out. */
  rest(onOver: () => void): void {
    const { restMs } = this.#options;
    if (restMs <= 0) return;
    this.#resting += 1;
    setTimeout(() => {
      this.#resting -= 1;
      onOver();
    }, restMs);
  }
}
