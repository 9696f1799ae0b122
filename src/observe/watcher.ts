import { nowUs } from '../history/clock.ts';
import { VANTAGES, type Tuple, type Vantage } from '../history/facts.ts';
import type { History } from '../history/history.ts';
import { sentence } from './blind.ts';
import { ObservedEnd } from './end.ts';
import { queryFor, type SocketObserver, type SocketQuery, type SocketReading } from './observer.ts';
import { Pace } from './pace.ts';

/** How well one vantage was watched. Too large a gap for what a test asserts means that it cannot be asserted. */
export interface WatcherStats {
  /** Looks at everything that was watched there. */
  samples: number;
  /** The longest time in which a watched end was not looked at, the one that still lasts included. */
  largestGapUs: number;
  /** Why the observer sees nothing; absent again once it does. */
  blind?: string;
}

interface WatchedEnd {
  connection: string;
  vantage: Vantage;
  query: SocketQuery;
  end: ObservedEnd;
  /** When the last look began: what changes is later than this. */
  lookedUs: number;
  /** The lower bound of the next change. */
  sinceUs: number;
}

type Readings = readonly (SocketReading | null)[];

const SETTLE_US = 200_000;
const BLIND_REST_MS = 100;
/** A synchronous means leaves the event loop to others for four times as long as it held it. */
const SYNCHRONOUS_REST = 4;

/**
 * Samples the watched ends of connections through one observer and records a fact in the history
 * whenever a state changes, or a connection is accepted by the device's application. `none` is recorded only
 * at an end that this observer has seen alive here, and after a second look; a tuple that comes back is
 * another connection. Nothing here throws or keeps the process alive.
 */
export class Watcher {
  readonly #history: History;
  readonly #observer: SocketObserver;
  readonly #pace: Pace;
  readonly #watched = new Map<string, WatchedEnd[]>();
  readonly #unsubscribe: () => void;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #recording = false;
  #stopped = false;
  readonly #samples: Record<Vantage, number> = { ncs: 0, device: 0 };
  readonly #largestGapUs: Record<Vantage, number> = { ncs: 0, device: 0 };
  #blind: string | undefined;
  #blindNoted = false;

  /** @param options.intervalMs between two samples while something happens; five times that after a quiet second */
  constructor(options: { history: History; observer: SocketObserver; intervalMs?: number }) {
    this.#history = options.history;
    this.#observer = options.observer;
    this.#pace = new Pace(
      options.intervalMs ?? 5,
      () => this.sampleNow(),
      () => this.#due().length > 0,
    );
    this.#unsubscribe = this.#history.subscribe((fact) => {
      if (fact.kind === 'act' || fact.kind === 'event') this.#pace.hurry();
    });
  }

  /** The account of one vantage so far. */
  stats(vantage: Vantage): WatcherStats {
    const us = nowUs();
    const gaps = this.#due().flatMap((end) => (end.vantage === vantage ? us - end.lookedUs : []));
    return {
      samples: this.#samples[vantage],
      largestGapUs: Math.max(this.#largestGapUs[vantage], ...gaps),
      ...(this.#blind !== undefined && { blind: this.#blind }),
    };
  }

  /** When the last look at an end began, in microseconds; absent where it is no longer watched. */
  lookedUs(connection: string, vantage: Vantage): number | undefined {
    return this.#watched.get(connection)?.find((end) => end.vantage === vantage)?.lookedUs;
  }

  /**
   * Watches a connection from now on; call it as soon as both ends are known, for only what was seen alive
   * can be seen to go. A name that is watched already is watched anew.
   * @param vantages the ends that the observer can be expected to see
   */
  watch(connection: string, tuple: Tuple, vantages: readonly Vantage[] = VANTAGES): void {
    if (this.#stopped) return;
    const lookedUs = nowUs();
    const sinceUs = this.#history.of(connection)[0]?.us ?? lookedUs;
    const ends = vantages.map((vantage) => ({
      connection,
      vantage,
      query: queryFor(tuple, vantage),
      end: new ObservedEnd(SETTLE_US),
      lookedUs,
      sinceUs,
    }));
    this.#watched.set(connection, ends);
    if (this.#running || this.#recording) void this.sampleNow();
    else void this.#sample(ends);
    this.#pace.hurry();
  }

  /** Forgets a connection. What is known of it stays in the history. */
  unwatch(connection: string): void {
    this.#watched.delete(connection);
  }

  /**
   * Looks at every watched end that may still change. With a synchronous observer everything is recorded
   * when this returns, else when the promise is kept. Called while a fact is being recorded it does nothing.
   */
  sampleNow(): void | Promise<void> {
    if (this.#stopped || this.#recording) return;
    if (!this.#running) return this.#sample(this.#due());
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      return this.sampleNow();
    });
    return this.#next;
  }

  /** Ends the watching; the observer stays open. */
  stop(): void {
    for (const vantage of VANTAGES) this.#largestGapUs[vantage] = this.stats(vantage).largestGapUs;
    this.#stopped = true;
    this.#watched.clear();
    this.#pace.stop();
    this.#unsubscribe();
  }

  /** The ends that are worth a look. A connection that has none left is forgotten. */
  #due(): WatchedEnd[] {
    const us = nowUs();
    const due: WatchedEnd[] = [];
    for (const [connection, ends] of this.#watched) {
      const open = ends.filter(({ end }) => !end.settled(us));
      if (open.length === 0) this.#watched.delete(connection);
      due.push(...open);
    }
    return due;
  }

  #sample(due: readonly WatchedEnd[]): void | Promise<void> {
    if (due.length === 0) return;
    const startUs = nowUs();
    try {
      const answer = this.#observer.lookup(due.map(({ query }) => query));
      if (answer instanceof Promise) return this.#await(answer, due, startUs);
      void this.#confirm(due, answer, startUs);
      this.#pace.restMs = ((nowUs() - startUs) / 1000) * SYNCHRONOUS_REST;
    } catch (error) {
      this.#goBlind(error);
    }
  }

  #await(answer: Promise<Readings>, due: readonly WatchedEnd[], startUs: number): Promise<void> {
    this.#running = answer
      .then((readings) => this.#confirm(due, readings, startUs))
      .then(() => void (this.#pace.restMs = (nowUs() - startUs) / 1000))
      .catch((error: unknown) => this.#goBlind(error))
      .finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Looks again at ends that seem to be gone: a table is not always read in one piece. */
  #confirm(due: readonly WatchedEnd[], readings: Readings, startUs: number): void | Promise<void> {
    const doubtful = due.filter(({ end }, i) => end.wouldVanish(readings[i] ?? null));
    if (doubtful.length === 0) return this.#take(due, readings, startUs);
    const answer = this.#observer.lookup(doubtful.map(({ query }) => query));
    const merge = (again: Readings): void => {
      const second = new Map(doubtful.map((watched, i) => [watched, again[i] ?? null]));
      const merged = due.map((watched, i) =>
        second.has(watched) ? second.get(watched)! : (readings[i] ?? null),
      );
      this.#take(due, merged, startUs);
    };
    return answer instanceof Promise ? answer.then(merge) : merge(answer);
  }

  #take(due: readonly WatchedEnd[], readings: Readings, startUs: number): void {
    const us = nowUs();
    for (const vantage of new Set(due.map((watched) => watched.vantage))) this.#samples[vantage]++;
    this.#blind = undefined;
    this.#recording = true;
    try {
      due.forEach((watched, i) => {
        const isCurrent = this.#watched.get(watched.connection)?.includes(watched) === true;
        if (isCurrent) this.#takeEnd(watched, readings[i] ?? null, startUs, us);
      });
    } finally {
      this.#recording = false;
    }
  }

  #takeEnd(watched: WatchedEnd, reading: SocketReading | null, startUs: number, us: number): void {
    const change = watched.end.take(reading, us);
    const { connection, vantage, sinceUs } = watched;
    this.#largestGapUs[vantage] = Math.max(this.#largestGapUs[vantage], us - watched.lookedUs);
    watched.lookedUs = startUs;
    watched.sinceUs = startUs;
    if (!change) return;
    this.#pace.hurry();
    this.#history.record({
      kind: 'state',
      connection,
      vantage,
      state: change.state,
      means: this.#observer.means,
      evidence: 'observed',
      us,
      sinceUs,
      ...(change.reading && {
        receiveQueue: change.reading.receiveQueue,
        sendQueue: change.reading.sendQueue,
        inode: change.reading.inode,
      }),
    });
  }

  #goBlind(error: unknown): void {
    this.#blind = sentence(error);
    this.#pace.restMs = BLIND_REST_MS;
    if (this.#blindNoted || this.#stopped) return;
    this.#blindNoted = true;
    this.#history.record({
      kind: 'note',
      about: 'harness',
      text: `The observer by ${this.#observer.means} cannot see the sockets: ${this.#blind}.`,
    });
  }
}
