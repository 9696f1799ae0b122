import type { Means, Vantage } from '../history/facts.ts';
import { isUnavailable, type Unavailable } from '../native/koffi.ts';
import type { HostCounters } from './counters.ts';
import type { SocketObserver } from './observer.ts';
import { ProcObserver } from './proc.ts';
import { selfTest } from './selftest.ts';
import { SockDiagObserver } from './sockdiag/observer.ts';
import { SsObserver } from './ss.ts';

/** A means that might work here. */
export interface Candidate {
  means: Means;
  open(): SocketObserver | Unavailable;
}

/** A means that does not work here, and why in one sentence. */
export interface Rejected {
  means: Means;
  reason: string;
}

/** The observer to use; undefined where only our own descriptors speak. */
export interface Chosen {
  observer: SocketObserver | undefined;
  /** The better means that were tried before it. */
  tried: Rejected[];
  /** Reads the counters of the host; those of /proc unless told. */
  counters?: () => HostCounters | undefined;
}

/**
 * What sees each end of a connection. The device's may be the same as ours, where its host is this one or cannot be
 * told from it yet, another, or nothing.
 */
export type Observers = Readonly<Record<Vantage, Chosen>>;

/** One observer at both vantages: the kernel of this host shows the device's end as well, if the device is here. */
export function atBothEnds(chosen: Chosen): Observers {
  return { ncs: chosen, device: chosen };
}

/** The means that see the sockets of this host, the best first. */
const CANDIDATES: readonly Candidate[] = [
  { means: 'sock_diag', open: () => SockDiagObserver.open() },
  { means: 'ss', open: () => new SsObserver() },
  { means: 'proc', open: () => new ProcObserver() },
];

/**
 * Opens the best observer that proves itself on a connection of our own. Never throws: without any, `tried`
 * says why.
 */
export async function openObserver(candidates: readonly Candidate[] = CANDIDATES): Promise<Chosen> {
  const tried: Rejected[] = [];
  for (const { means, open } of candidates) {
    const observer = open();
    if (isUnavailable(observer)) {
      tried.push({ means, reason: observer.unavailable });
      continue;
    }
    const proven = await selfTest(observer);
    if (proven === true) return { observer, tried };
    observer.close();
    tried.push({ means, reason: proven });
  }
  return { observer: undefined, tried };
}
