import type { Vantage } from '../history/facts.ts';
import type { Chosen } from '../observe/choose.ts';
import type { SocketObserver } from '../observe/observer.ts';
import type { WatcherStats } from '../observe/watcher.ts';
import type { ObserverResult } from '../results/results.ts';

/** What sees one vantage in a campaign, and an account of how well it saw. */
export class VantageAccount {
  readonly vantage: Vantage;
  /** Why better means were not used. */
  readonly reasons: readonly string[];
  /** Whether an end of a connection with the device was seen there. */
  seen = false;
  /** Whether there was any to be seen. */
  watched = false;
  /** The states of the device's end that were inferred. */
  inferred = 0;
  readonly #observer: SocketObserver | undefined;
  #samples = 0;
  #largestGapUs = 0;
  #blind: string | undefined;
  #trusted = true;

  constructor(vantage: Vantage, chosen: Chosen) {
    this.vantage = vantage;
    this.#observer = chosen.observer;
    this.reasons = chosen.tried.map(({ means, reason }) => `${means}: ${reason}`);
  }

  /** The observer, as long as it is a witness. */
  get witness(): SocketObserver | undefined {
    return this.#trusted ? this.#observer : undefined;
  }

  /** The observer, as long as nothing has kept it from seeing. */
  get sighted(): SocketObserver | undefined {
    return this.#blind === undefined ? this.#observer : undefined;
  }

  /** From now on the observer is no witness. */
  distrust(reason: string): void {
    this.#blind ??= reason;
    this.#trusted = false;
  }

  /** Enters how well one test was watched. */
  enter({ samples, largestGapUs, blind }: WatcherStats): void {
    this.#samples += samples;
    this.#largestGapUs = Math.max(this.#largestGapUs, largestGapUs);
    this.#blind ??= blind;
  }

  /**
   * The account for results.json; nothing where nothing was at work.
   * @param note what limits it beside blindness and the lack of better means
   */
  result(note?: string): ObserverResult[] {
    if (!this.#observer) return [];
    const limits = this.#blind ?? [...this.reasons, ...(note === undefined ? [] : [note])].join('; ');
    return [
      {
        means: this.#observer.means,
        vantage: this.vantage,
        samples: this.#samples,
        largestGapMs: Math.round(this.#largestGapUs / 100) / 10,
        ...(limits !== '' && { note: limits }),
      },
    ];
  }
}
