import { nowUs } from '../../history/clock.ts';
import type { Crowd } from './crowd.ts';
import type { Engine } from './engine.ts';
import type { ChurnOptions } from './options.ts';
import type { Releases } from './releases.ts';

/** Connections that may wait to be accepted on many a correct device; more are begun one by one, not in one burst. */
export const SHORT_BACKLOG = 5;

/** ms between connections that exceed a short backlog. */
const GAP_MS = 2;

/** Connections without a message that wait for their release: a device that accepts slowly has not even seen them all. */
const MOST_MUTE = 10;

/** Whether the device has room for another connection: within its limit, and without overrunning its backlog. */
export class Room {
  readonly #options: Pick<ChurnOptions, 'mostOpen' | 'restMs' | 'requests'>;
  readonly #engine: Engine;
  readonly #crowd: Crowd;
  readonly #releases: Releases;
  #resting = 0;
  #startedUs = 0;
  /** The most connections that existed at once. */
  mostOpen = 0;

  /** The connections that take a place are those of the crowd, and those that wait for their release. */
  constructor(
    options: Pick<ChurnOptions, 'mostOpen' | 'restMs' | 'requests'>,
    engine: Engine,
    crowd: Crowd,
    releases: Releases,
  ) {
    this.#options = options;
    this.#engine = engine;
    this.#crowd = crowd;
    this.#releases = releases;
  }

  /** One more connection was begun. */
  begun(): void {
    this.#startedUs = nowUs();
    this.mostOpen = Math.max(this.mostOpen, this.#taken);
  }

  /** Whether one more connection may exist. */
  get hasPlace(): boolean {
    return this.#mute < MOST_MUTE && this.#taken < this.#options.mostOpen;
  }

  /** Whether one more fits a short backlog: few have not been served yet, or the device had some time. */
  get isGentle(): boolean {
    const unserved = this.#crowd.unserved + this.#mute;
    return unserved < SHORT_BACKLOG || nowUs() - this.#startedUs >= GAP_MS * 1_000;
  }

  /** Places that the device may have to give, as far as we know. */
  get #taken(): number {
    const { ending, left } = this.#releases;
    return this.#crowd.open.size + ending.size + left.size + this.#resting;
  }

  /** Connections that wait for their release and never said a word. */
  get #mute(): number {
    return this.#options.requests ? 0 : this.#releases.ending.size;
  }

  /** Keeps the place of a released connection empty for a while, so that the device can count it out. */
  rest(onOver: () => void): void {
    const { restMs } = this.#options;
    if (restMs <= 0) return;
    this.#resting += 1;
    this.#engine.after(restMs, () => {
      this.#resting -= 1;
      onOver();
    });
  }
}
