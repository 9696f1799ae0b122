import type { CloseKind } from '../../history/churn/tally.ts';
import type { EngineName } from '../../history/churn/report.ts';
import type { Endpoint, Tuple } from '../../history/facts.ts';

/** Who is told of what happens on a line; each of it at most once but `came`. */
export interface LineOwner {
  connected(tuple: Tuple): void;
  /** It was not opened: the errno name. */
  failed(code: string): void;
  /** Bytes came; they are overwritten when this returns. */
  came(bytes: Buffer): void;
  /** The device's FIN was read. */
  finished(): void;
  /** The connection was reset, or was given up by our own kernel. */
  reset(): void;
}

/** One TCP connection as a churn uses it. */
export interface Line {
  /** Sends bytes, which must not be changed afterwards. */
  send(bytes: Buffer): void;
  /** Ends it our way; a half-close leaves the descriptor, and what happens is still told. Never twice. */
  end(how: CloseKind): void;
  /** Gives up the descriptor, where there still is one, and tells nothing any more. */
  drop(): void;
}

/** What a churn runs on: it makes the connections and keeps the time. It calls back from its own loop only. */
export interface Engine {
  readonly name: EngineName;
  /** Begins to connect. */
  dial(remote: Endpoint, owner: LineOwner): Line;
  /** Calls back when everything that has happened so far is dealt with. */
  soon(act: () => void): void;
  /** Calls back after so many ms. */
  after(ms: number, act: () => void): void;
  /** Calls back every so many ms, until the function that it returns is called. */
  every(ms: number, act: () => void): () => void;
}
