import type { Worker } from 'node:worker_threads';
import { startThread } from '../../package.ts';

/** Threads that have nothing to do, by the module that they run. They keep no process alive. */
const idle = new Map<string, Set<Worker>>();

/**
 * A thread for one churn: one that has done another, or a new one.
 * @throws Error where this machine does not allow one more
 */
export function takeThread(entry: string): Worker {
  const resting = idle.get(entry);
  for (const thread of resting ?? []) {
    resting?.delete(thread);
    thread.ref();
    return thread;
  }
  const thread = startThread(entry, { name: 'churn' });
  const forget = (): void => void idle.get(entry)?.delete(thread);
  return thread.once('error', forget).once('exit', forget);
}

/** Lets a thread that has done its churn rest until there is another. */
export function leaveThread(entry: string, thread: Worker): void {
  idle.set(entry, (idle.get(entry) ?? new Set()).add(thread));
  thread.unref();
}
