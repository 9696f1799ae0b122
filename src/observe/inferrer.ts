import { nowUs } from '../history/clock.ts';
import type { ActFact, Fact, SocketState } from '../history/facts.ts';
import type { History } from '../history/history.ts';
import { inferDevice } from './infer.ts';

/** How an inferrer has our own end looked at. */
export interface OurSight {
  /** Looks once more, now; the history has what was seen when this returns, or when the promise is kept. */
  look(): void | Promise<void>;
  /** When our end of a connection was last looked at, in microseconds; absent where nobody looks. */
  lookedUs(connection: string): number | undefined;
}

interface InferredEnd {
  /** The state that was recorded last. */
  state: SocketState | undefined;
  planned: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** ms to another try, at the least: a state that stands may be due while nobody could look. */
const RETRY_MS = 100;

const ENDING_ACTS: ReadonlySet<ActFact['act']> = new Set(['half-close', 'close', 'abort', 'vanish']);

/**
 * Records the states of the device's end that soundly follow from our own, connection by connection, as long as no
 * observer has seen the device's end: from then on only observation speaks. A state that stood and does not follow any
 * longer is followed by UNKNOWN. For direct paths only: behind a proxy our end says nothing about the device's.
 * Nothing here throws or keeps the process alive.
 */
export class Inferrer {
  readonly #history: History;
  readonly #sight: OurSight;
  readonly #ends = new Map<string, InferredEnd>();
  readonly #unsubscribe: () => void;
  #states = 0;

  constructor(options: { history: History; sight: OurSight }) {
    this.#history = options.history;
    this.#sight = options.sight;
    this.#unsubscribe = this.#history.subscribe((fact) => this.#take(fact));
  }

  /** The states recorded so far. */
  get states(): number {
    return this.#states;
  }

  /** Infers the device's end of a connection from now on; call it before either end is watched. */
  infer(connection: string): void {
    const end: InferredEnd = { state: undefined, planned: false, timer: undefined };
    this.#ends.set(connection, end);
    this.#plan(connection, end);
  }

  /** Ends the inference. */
  stop(): void {
    this.#unsubscribe();
    for (const connection of [...this.#ends.keys()]) this.#forget(connection);
  }

  #forget(connection: string): void {
    clearTimeout(this.#ends.get(connection)?.timer);
    this.#ends.delete(connection);
  }

  #take(fact: Fact): void {
    const { connection } = fact;
    const end = connection === undefined ? undefined : this.#ends.get(connection);
    if (connection === undefined || !end) return;
    if (fact.kind === 'state' && fact.evidence === 'inferred') return;
    if (fact.kind === 'state' && fact.vantage === 'device') return this.#forget(connection);
    const counts =
      fact.kind === 'state' || fact.kind === 'event' || (fact.kind === 'act' && ENDING_ACTS.has(fact.act));
    if (counts) this.#plan(connection, end);
  }

  /** A look may show both ends, one fact after the other: only when all are recorded it is known who was seen. */
  #plan(connection: string, end: InferredEnd): void {
    if (end.planned) return;
    end.planned = true;
    queueMicrotask(() => {
      end.planned = false;
      this.#consider(connection, end);
    });
  }

  #consider(connection: string, end: InferredEnd): void {
    if (this.#ends.get(connection) !== end) return;
    clearTimeout(end.timer);
    const facts = this.#history.of(connection);
    const inference = inferDevice(facts, this.#sight.lookedUs(connection));
    if (inference.soundAtUs !== undefined) this.#lookAgain(connection, end, inference.soundAtUs);
    if (inference.state === end.state) return;
    const follows = inference.sound ? inference.state : end.state && 'UNKNOWN';
    if (follows === undefined || follows === end.state) return;
    const us = nowUs();
    const { from, sinceUs = us } = inference;
    end.state = follows;
    this.#states += 1;
    this.#history.record({
      kind: 'state',
      connection,
      vantage: 'device',
      state: follows,
      means: 'inference',
      evidence: 'inferred',
      from,
      us,
      sinceUs,
    });
  }

  #lookAgain(connection: string, end: InferredEnd, atUs: number): void {
    const again = async (): Promise<void> => {
      await this.#sight.look();
      this.#consider(connection, end);
    };
    end.timer = setTimeout(() => void again(), Math.max((atUs - nowUs()) / 1000, RETRY_MS));
    end.timer.unref();
  }
}
