import type { Worker } from 'node:worker_threads';
import type { ChurnReport } from '../../history/churn/report.ts';
import type { Tally } from '../../history/churn/tally.ts';
import type { Unavailable } from '../../native/koffi.ts';
import { lostChurn } from '../../ncs/churn/lost.ts';
import type { ChurnOptions } from '../../ncs/churn/options.ts';
import { CHURN_THREAD } from '../../package.ts';
import type { Message, Order } from './order.ts';
import { leaveThread, takeThread } from './threads.ts';

/** ms that a thread has to break off when it is told to. */
const GRACE_MS = 2_000;

/**
 * Runs a churn on the kernel's calls in a thread of its own. Never rejects: a thread that cannot begin says why, and
 * one that fails after it has begun leaves the account that it gave last.
 * @param looks whether the sockets of both ends are looked at, through netlink
 * @param entry what the thread runs
 */
export function churnInThread(
  options: ChurnOptions,
  looks: boolean,
  entry: string = CHURN_THREAD,
): Promise<ChurnReport | Unavailable> {
  let thread: Worker;
  try {
    thread = takeThread(entry);
  } catch (error) {
    return Promise.resolve({ unavailable: `no thread can be started for the churn (${firstLine(error)})` });
  }
  return new Promise((resolve) => {
    const { signal, lookUp: _lookUp, onProgress, onWatching, ...data } = options;
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const startMs = performance.now();
    let begun = false;
    let tally: Tally | undefined;
    let overdue: NodeJS.Timeout | undefined;
    let failure: unknown;
    const end = (result: ChurnReport | Unavailable): void => {
      signal.removeEventListener('abort', breakOff);
      clearTimeout(overdue);
      thread.off('message', said).off('error', failed).off('exit', ended);
      resolve(result);
    };
    const fail = (why: string): void => {
      if (!begun) return end({ unavailable: why });
      const durationMs = performance.now() - startMs;
      end(lostChurn({ wanted: options.cycles, engine: 'kernel', durationMs }, why, tally));
    };
    const breakOff = (): void => {
      Atomics.store(stop, 0, 1);
      overdue ??= setTimeout(() => {
        fail('the thread of the churn did not break off when it was told to');
        void thread.terminate();
      }, GRACE_MS);
    };
    const said = (message: Message): void => {
      if (message.kind === 'begun') begun = true;
      else if (message.kind === 'progress') {
        tally = message.tally;
        onProgress?.(tally);
      } else if (message.kind === 'watching') onWatching?.();
      else {
        leaveThread(entry, thread);
        end(message.kind === 'report' ? message.report : { unavailable: message.why });
      }
    };
    // The failure can overtake what the thread said before it; the end cannot.
    const failed = (error: unknown): void => void (failure ??= error);
    const ended = (code: number): void =>
      fail(
        failure === undefined
          ? `the thread of the churn ended by itself (code ${code})`
          : `the thread of the churn failed (${firstLine(failure)})`,
      );
    thread.on('message', said).on('error', failed).on('exit', ended);
    if (signal.aborted) breakOff();
    else signal.addEventListener('abort', breakOff, { once: true });
    const order: Order = { options: data, looks, stop };
    thread.postMessage(order);
  });
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}
