import type { Duplex } from 'node:stream';
import type { Endpoint } from '../history/facts.ts';

/**
 * One TCP connection as the NCS uses it: each end is closed by itself, and `connect`, `data`, `end`, `error` and
 * `close` tell what happens. A `net.Socket` is one.
 */
export interface Stream extends Duplex {
  readonly connecting: boolean;
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  /** Ends the connection with a reset. */
  resetAndDestroy(): this;
}

/** Our own end of a connection, where it is not for the kernel to choose. */
export interface OwnEnd {
  localPort?: number | undefined;
  localAddress?: string | undefined;
}

/** Where the NCS dials, and where it listens for devices that dial. */
export interface Network {
  /** Begins to connect. */
  connect(remote: Endpoint, own?: OwnEnd): Stream;
  /** Listens on a port; rejects with the error of the system where that cannot be done. */
  listen(port: number, accept: (stream: Stream) => void): Promise<{ close(): void }>;
}
