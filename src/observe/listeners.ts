import type { ListenerReading, TableEntry } from './observer.ts';

/** The listeners in a socket table. Linux keeps the waiting connections and the backlog in their queues. */
export function listenersOf(entries: readonly TableEntry[]): ListenerReading[] {
  return entries
    .filter((entry) => entry.state === 'LISTEN')
    .map(({ local, receiveQueue, sendQueue, inode }) => ({
      endpoint: local,
      waiting: receiveQueue,
      backlog: sendQueue,
      inode,
    }));
}
