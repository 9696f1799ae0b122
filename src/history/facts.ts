/**
 * The facts of a test: what we did, what our descriptors reported, what was said on the wire
 * and what any observer saw of the sockets. Everything that is later judged is one of these.
 */

/** The TCP states of RFC 9293 section 3.3.2, with Linux' name for the half-made one. */
export const TCP_STATES = [
  'LISTEN',
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'CLOSE_WAIT',
  'CLOSING',
  'LAST_ACK',
  'TIME_WAIT',
] as const;

/** A TCP state of RFC 9293. */
export type TcpState = (typeof TCP_STATES)[number];

/**
 * A TCP state, `none` where no socket exists any more, or UNKNOWN where a table used a word we refuse to guess, or
 * where a state that was inferred follows no longer.
 */
export type SocketState = TcpState | 'none' | 'UNKNOWN';

/** Where a fact can be seen: at our end, and on the device's host. */
export const VANTAGES = ['ncs', 'device'] as const;

/** One of both ends of a connection. */
export type Vantage = (typeof VANTAGES)[number];

/** By what a fact was seen. */
export type Means = 'descriptor' | 'tcp_info' | 'sock_diag' | 'ss' | 'proc' | 'fd' | 'inference';

/** Whether a fact was seen, or follows from others that were. */
export type Evidence = 'observed' | 'inferred';

/** One end of a TCP connection; `address` is a literal IPv4 or IPv6 address without a zone. */
export interface Endpoint {
  address: string;
  port: number;
}

/** A connection as the NCS sees it: `local` is our end, `remote` the device's. */
export interface Tuple {
  local: Endpoint;
  remote: Endpoint;
}

/** The ports of MOS 2.8.5 section 2.1. */
export const PORT_NAMES = ['lower', 'upper', 'query'] as const;

/** The name of a MOS port. */
export type PortName = (typeof PORT_NAMES)[number];

interface FactBase {
  /** Monotonic microseconds on the clock of the history. */
  us: number;
  /** The connection that the fact is about; absent where it concerns the whole test. */
  connection?: string;
}

/** Something the simulator did. */
export interface ActFact extends FactBase {
  kind: 'act';
  act:
    | 'connect'
    | 'listen'
    | 'accept'
    | 'send'
    | 'half-close'
    | 'close'
    | 'abort'
    | 'vanish'
    | 'pause-reading'
    | 'resume-reading'
    | 'wait'
    | 'churn';
  detail?: string;
}

/** Something our own descriptor reported (means 0, on every system). */
export interface EventFact extends FactBase {
  kind: 'event';
  /** `fin` is the end of the device's stream, `closed` that our descriptor is gone. */
  event: 'connected' | 'accepted' | 'fin' | 'reset' | 'refused' | 'timeout' | 'error' | 'closed';
  /** The errno name, where there is one. */
  code?: string;
  detail?: string;
}

/** Bytes that passed our descriptor. */
export interface BytesFact extends FactBase {
  kind: 'bytes';
  direction: 'sent' | 'received';
  count: number;
}

/** A deviation seen in one message. It never hides the message itself. */
export interface WireFinding {
  /** A stable identifier such as `little-endian` or `missing-message-id`. */
  id: string;
  /** One sentence for a person. */
  text: string;
}

/** A MOS message, or what should have been one. */
export interface MessageFact extends FactBase {
  kind: 'message';
  direction: 'sent' | 'received';
  /** The message element's name, `unreadable` where none could be found. */
  name: string;
  /** The messageID as written, where there is one. */
  messageID?: string;
  bytes: number;
  encoding: string;
  /** The decoded text, cut to a length that fits a report. */
  text: string;
  /** The name the suite gave it (`as: r1`). */
  label?: string;
  /** The label, or the messageID, of the request that it answers. */
  answers?: string;
  findings?: WireFinding[];
  /** Only part of it was sent on purpose, so that no answer is owed. */
  incomplete?: boolean;
}

/** The state of one end of one connection, recorded when it differs from the one before. */
export interface StateFact extends FactBase {
  kind: 'state';
  vantage: Vantage;
  state: SocketState;
  means: Means;
  evidence: Evidence;
  /** The time of the sample before: the change lies between `sinceUs` and `us`. */
  sinceUs: number;
  /** For an inferred fact: what it was inferred from. */
  from?: string;
  /** Bytes that wait to be read (on a listener: connections that wait to be accepted). */
  receiveQueue?: number;
  /** Bytes that wait to be acknowledged; a queued FIN counts as one. */
  sendQueue?: number;
  /** The socket's inode, 0 for an orphan or a connection not yet accepted. */
  inode?: number;
}

/** Something worth knowing that is no behaviour of the connection: a limit of ours, lag, a habit. */
export interface NoteFact extends FactBase {
  kind: 'note';
  about: 'harness' | 'device';
  text: string;
}

/** Any fact. */
export type Fact = ActFact | EventFact | BytesFact | MessageFact | StateFact | NoteFact;

type WithoutTime<T> = T extends unknown ? Omit<T, 'us'> & { us?: number } : never;

/** A fact before it is recorded: the history stamps it unless it brings its own time. */
export type NewFact = WithoutTime<Fact>;
