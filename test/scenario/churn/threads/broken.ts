/** The entry of a thread that fails in the way that the host name of the order says. */
import { parentPort } from 'node:worker_threads';
import type { Order } from '../../../../src/scenario/churn/order.ts';
import { serve } from '../../../../src/scenario/churn/serve.ts';
import { SockDiagObserver } from '../../../../src/observe/sockdiag/observer.ts';

/** What the test hands over beside the order. */
export interface BrokenOrder extends Order {
  options: Order['options'] & { fails: 'at once' | 'throws' | 'exits' | 'is deaf' | 'goes blind' };
}

parentPort?.on('message', (order: BrokenOrder) => {
  const { fails } = order.options;
  if (fails === 'at once') throw new Error('nothing can be done here\nat all');
  const stop = fails === 'is deaf' ? new Int32Array(new SharedArrayBuffer(4)) : order.stop;
  let looks = 0;
  void serve(
    { ...order, stop },
    (message) => {
      parentPort?.postMessage(message);
      if (message.kind !== 'progress') return;
      if (fails === 'throws') throw new Error('a fault of ours');
      if (fails === 'exits') process.exit(7);
    },
    () => {
      const observer = SockDiagObserver.open();
      if ('unavailable' in observer) return observer;
      return {
        close: () => observer.close(),
        lookup(ends) {
          looks += 1;
          if (fails === 'goes blind' && looks > 5) throw new Error('the kernel refuses to show its sockets');
          return observer.lookup(ends);
        },
      };
    },
  );
});
