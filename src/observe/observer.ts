import type { Endpoint, Means, TcpState, Tuple, Vantage } from '../history/facts.ts';

/** Asks for the socket whose own end is `source` and whose peer is `destination`. */
export interface SocketQuery {
  source: Endpoint;
  destination: Endpoint;
}

/** What one look at one socket showed. Queues are bytes; a queued FIN counts as one. */
export interface SocketReading {
  state: TcpState;
  /** 0 for an orphan, or on the device's side for a connection its application has not accepted yet. */
  inode: number;
  uid: number;
  receiveQueue: number;
  sendQueue: number;
  timer: 'none' | 'retransmit' | 'keepalive' | 'timewait' | 'probe';
  /** Tells this socket from another with the same tuple, where the means knows; to be compared only. */
  cookie?: number;
}

/** A listening socket: the connections that wait to be accepted and the limit of that queue. */
export interface ListenerReading {
  endpoint: Endpoint;
  waiting: number;
  backlog: number;
  inode: number;
}

/** Any socket of a table, for discovery of tuples that we did not open. */
export interface TableEntry extends SocketReading {
  local: Endpoint;
  remote: Endpoint;
}

/**
 * One means of looking at the sockets of this host. Synchronous means answer at once; slow ones answer with
 * a promise. `null` says that no such socket exists *for this means*: whether that proves anything is decided
 * by who has seen the connection alive before.
 */
export interface SocketObserver {
  readonly means: Means;
  /** Looks at exactly these sockets; the answer has the order and the length of the question. */
  lookup(queries: readonly SocketQuery[]): (SocketReading | null)[] | Promise<(SocketReading | null)[]>;
  /** The listeners on these ports in this network namespace. */
  listeners(ports: readonly number[]): ListenerReading[] | Promise<ListenerReading[]>;
  /** Every socket of this network namespace with one of these ports at either end. */
  table(ports: readonly number[]): TableEntry[] | Promise<TableEntry[]>;
  close(): void;
}

/** The query for one end of a connection. */
export function queryFor(tuple: Tuple, vantage: Vantage): SocketQuery {
  return vantage === 'ncs'
    ? { source: tuple.local, destination: tuple.remote }
    : { source: tuple.remote, destination: tuple.local };
}
