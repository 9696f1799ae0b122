import type { CloseKind, Tally } from '../../history/churn/tally.ts';
import type { Endpoint, TcpState } from '../../history/facts.ts';
import type { Encoding } from '../../wire/types.ts';
import type { RequestSeries } from './requests.ts';

/** Asks for the socket whose own end is `source` and whose peer is `destination`. */
export interface EndQuery {
  source: Endpoint;
  destination: Endpoint;
}

/** What one look at one end showed; `cookie` tells this socket from a later one with the same tuple. */
export interface EndReading {
  state: TcpState;
  cookie?: number;
}

/** Looks at exactly these ends, in this order; `null` where nothing is there. May throw when it goes blind. */
export type LookUp = (
  ends: readonly EndQuery[],
) => readonly (EndReading | null)[] | Promise<readonly (EndReading | null)[]>;

/** What a churn does and for how long. */
export interface ChurnOptions {
  remote: Endpoint;
  /** Connections to open, one a cycle. */
  cycles: number;
  /** Cycles under way at once: connected, or being connected, and not yet ended by us. */
  concurrency: number;
  /** Connections that may exist at once, those that the device has not released yet included. */
  mostOpen: number;
  /** ms for which the place of a released connection stays empty, so that the device can count it out. */
  restMs: number;
  /** Cycles begun per second at most. */
  rate?: number;
  /** ms after which no cycle is begun any more, once `atLeast` were. */
  timeMs: number;
  /** Cycles that are begun even where the time is up. */
  atLeast: number;
  /** ms until a connect, an answer and a release count as missing. */
  connectMs: number;
  replyMs: number;
  releaseMs: number;
  /**
   * ms after which no cycle is begun any more where not one FIN was answered: for a device that was shown never to
   * close. What was begun is watched as long as ever.
   */
  enoughMs?: number;
  /** How cycles end, in turn. */
  closes: readonly CloseKind[];
  /** What the device is expected to write in. */
  encoding: Encoding;
  /** What is asked; absent where nothing is said. */
  requests?: RequestSeries;
  /** Looks at sockets; absent where only our own descriptors speak. */
  lookUp?: LookUp;
  /** Ends the churn early; what was under way counts as broken off. */
  signal: AbortSignal;
  /** Told once, when every connection was ended and only releases are awaited. */
  onWatching?: () => void;
  /** Told of the account as it stands, ten times a second; not to be kept. */
  onProgress?: (tally: Tally) => void;
}
