import type { PortName } from '../history/facts.ts';

/** The newsroom that a device calls on its own: one host, a port for each lane that the device is to open. */
export interface NcsAddress {
  host: string;
  lower?: number;
  upper?: number;
  /** Interval of own heartbeats in ms; default 10 s. */
  heartbeatEvery?: number;
  /** Wait before a lost or refused connection is dialled again, in ms; default 1 s. */
  redialAfter?: number;
  /** How long an answer may take before the connection is given up and the request repeated, in ms; default 15 s. */
  answerTime?: number;
}

/** What an embedded device is to be. Everything has a default. */
export interface DeviceOptions {
  /** Ports to listen on; a port not named here is chosen freely below the ephemeral range. */
  ports?: Partial<Record<PortName, number>>;
  /** The address to listen on; default `127.0.0.1`. */
  host?: string;
  /** Default `reference.device.mos`. */
  mosId?: string;
  /** The newsroom it knows, or several of them; default `conformance.ncs` and `conformance.standby.ncs`. */
  ncsId?: string | readonly string[];
  /** Faults by name, `name` or `name=value`. */
  faults?: readonly string[];
  /** Correct but unusual habits by name, `name` or `name=value`. */
  habits?: readonly string[];
  /** Where the device dials out to; without it the device never dials. */
  ncs?: NcsAddress;
  /**
   * What a device does that dies of a fault. By default everything it has open is closed, as the kernel would do
   * for a process that ended.
   */
  exit?: () => void;
}

/** Counters of a running device. */
export interface DeviceStatistics {
  /** Connections accepted since the start. */
  accepted: number;
  /** Connections open now, served or not. */
  open: number;
  /** Open connections on which a message has begun and not ended. */
  incomplete: number;
  /** Messages understood or not, since the start. */
  messages: number;
  /** Connections that the other side reset. */
  resets: number;
  /** Whether a fault has ended the device. */
  exited: boolean;
}

/** A device that listens. */
export interface RunningDevice {
  /** The ports it says it listens on, without those it was told not to have. */
  readonly ports: Readonly<Partial<Record<PortName, number>>>;
  /** The literal address it listens on. */
  readonly address: string;
  readonly mosId: string;
  /** The first newsroom it knows. */
  readonly ncsId: string;
  /** Closes every listener, connection, timer and kept descriptor; resolves when all are gone. */
  stop(): Promise<void>;
  statistics(): DeviceStatistics;
}

/** A device that cannot be started as asked; the message is a sentence for the user. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';
}

/** A fault or habit that does not exist; says which do. */
export class UnknownVariation extends DeviceError {
  readonly kind: 'fault' | 'habit';
  readonly wanted: string;
  readonly known: readonly string[];

  constructor(kind: 'fault' | 'habit', wanted: string, known: readonly string[]) {
    super(`unknown ${kind} "${wanted}"`);
    this.kind = kind;
    this.wanted = wanted;
    this.known = known;
  }
}
