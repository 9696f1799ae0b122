import { atBothEnds, openObserver, type Chosen, type Observers } from '../../src/observe/choose.ts';
import type { HostCounters } from '../../src/observe/counters.ts';
import type { SocketObserver, SocketQuery, SocketReading } from '../../src/observe/observer.ts';

type Readings = (SocketReading | null)[];

/** A choice of observers that can be spoilt. */
export interface Spoilt extends Chosen {
  observer: SocketObserver;
}

/**
 * The best observer of this machine, whose looks go through `spoil`: it may throw, answer something else, or take
 * its time.
 */
export async function spoiltObserver(
  spoil: (look: () => Readings, queries: readonly SocketQuery[]) => Readings | Promise<Readings>,
): Promise<Spoilt> {
  const { observer, tried } = await openObserver();
  if (!observer) throw new Error(tried.map(({ reason }) => reason).join('; '));
  const look = (queries: readonly SocketQuery[]): Readings => {
    const readings = observer.lookup(queries);
    if (readings instanceof Promise) throw new Error('this machine has no observer that answers at once');
    return readings;
  };
  return {
    tried,
    observer: {
      means: observer.means,
      lookup: (queries) => spoil(() => look(queries), queries),
      listeners: (ports) => observer.listeners(ports),
      table: (ports) => observer.table(ports),
      close: () => observer.close(),
    },
  };
}

/** No observer at all: only our own descriptors speak. */
export const DESCRIPTORS_ONLY: Observers = atBothEnds({
  observer: undefined,
  tried: [{ means: 'sock_diag', reason: 'there is no Linux kernel here' }],
});

/** Counters of a host on which nothing overflows. */
export const QUIET_HOST: HostCounters = {
  timeWaitOverflow: 0,
  abortOnMemory: 0,
  listenOverflows: 0,
  timeWait: 0,
  orphans: 0,
};

/** Holds the event loop, as a machine does that swaps or is suspended. */
export function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
