import type { PortName } from '../history/facts.ts';
import type { Revision } from '../wire/revision.ts';
import type { Encoding } from '../wire/types.ts';

/** What a campaign may do to a device beyond gentle traffic. */
export const PERMISSIONS = ['load', 'disruptive', 'playout'] as const;

/** `load`: more than 5 connections at once or 10 cycles. `disruptive`: abort, robustness. `playout`: roCtrl. */
export type Permission = (typeof PERMISSIONS)[number];

/** The times of a run with their defaults in ms. */
export const DEFAULT_TIMES = {
  connectTime: 5_000,
  replyTime: 10_000,
  releaseTime: 5_000,
  lateTime: 35_000,
  recoveryTime: 10_000,
  idleTime: 20_000,
  churnTime: 8_000,
  gridTime: 20_000,
} as const;

/** The name of a time of the run. */
export type TimeName = keyof typeof DEFAULT_TIMES;

/** A test or a requirement that a person has decided not to hold against the device, and why. */
export interface Waiver {
  test?: string;
  requirement?: string;
  reason: string;
}

/** A device as a campaign knows it: its device file with the options applied and the host name resolved. */
export interface Target {
  /** What the report calls it. */
  name: string;
  /** As the user wrote it. */
  host: string;
  /** The pinned literal address; used for every connection. */
  address: string;
  /** The declared ports. */
  ports: Partial<Record<PortName, number>>;
  mosId: string;
  ncsId: string;
  /** A second newsroom that the device is configured for, where there is one. */
  otherNcsId?: string;
  revision: Revision;
  encoding: Encoding;
  /** Claimed profiles; empty where the device file claims nothing. */
  profiles: readonly number[];
  /** Most connections that the device is willing to hold at once, all ports together. */
  maxConnections: number;
  /** Bytes of the largest message that is accepted from it. */
  messageSize: number;
  times: Record<TimeName, number>;
  /** Which of `times`, `maxConnections` and `messageSize` the user set. */
  given: ReadonlySet<string>;
  permissions: ReadonlySet<Permission>;
  /** Command that brings the device back after it was lost. */
  restart?: string;
  /** `proxied` demotes what is inferred from our end to a remark. */
  path: 'direct' | 'proxied';
  /** Local ports on which the simulator listens for devices that dial out; absent where it need not. */
  listen?: Partial<Record<PortName, number>>;
  /** What is waived; its tests do not run and say so. */
  waived?: readonly Waiver[];
  /** The embedded reference device grants every permission. */
  embedded: boolean;
  /** The device file, where there is one. */
  file?: string;
}
