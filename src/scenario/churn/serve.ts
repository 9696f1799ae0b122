import type { ChurnReport } from '../../history/churn/report.ts';
import { isUnavailable, type Unavailable } from '../../native/koffi.ts';
import { runChurn } from '../../ncs/churn.ts';
import { KernelEngine } from '../../ncs/churn/kernel/engine.ts';
import type { LookUp } from '../../ncs/churn/options.ts';
import { SockDiagObserver } from '../../observe/sockdiag/observer.ts';
import type { Message, Order } from './order.ts';

/** What looks at sockets in a thread. */
export interface Sight {
  lookup: LookUp;
  close(): void;
}

/**
 * Runs the churn of an order on the kernel's calls, which takes the whole thread, and says what comes of it.
 * @param open opens what looks at sockets
 */
export async function serve(
  { options, looks, stop }: Order,
  say: (message: Message) => void,
  open: () => Sight | Unavailable = () => SockDiagObserver.open(),
): Promise<void> {
  const sight = looks ? open() : undefined;
  if (sight && isUnavailable(sight)) return say({ kind: 'unavailable', why: sight.unavailable });
  const engine = KernelEngine.open();
  if (isUnavailable(engine)) return say({ kind: 'unavailable', why: engine.unavailable });
  say({ kind: 'begun' });
  const breakOff = new AbortController();
  let report: ChurnReport | undefined;
  const running = runChurn(
    {
      ...options,
      ...(sight && { lookUp: (ends) => sight.lookup(ends) }),
      signal: breakOff.signal,
      onProgress: (tally) => say({ kind: 'progress', tally }),
      onWatching: () => say({ kind: 'watching' }),
    },
    engine,
  );
  void running.then((done) => (report = done));
  while (!report) {
    engine.turn();
    if (Atomics.load(stop, 0) === 1) breakOff.abort();
    // Promises are kept between two turns; this thread's own event loop stands still.
    await Promise.resolve();
  }
  engine.close();
  sight?.close();
  say({ kind: 'report', report });
}
