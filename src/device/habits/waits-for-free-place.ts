import type { Habit } from '../behaviour.ts';
import type { Connection } from '../connection.ts';

/** Lets connections wait for a free place. */
export const waitsForFreePlace: Habit = {
  name: 'waits-for-free-place',
  title: 'Lets connections wait for a free place',
  description: 'The device serves so many connections at once; one more waits until another has ended.',
  parameter: { means: 'most connections served at once, all ports together', unit: 'count', default: 16 },
  behave: (_device, limit) => {
    const served = new Set<Connection>();
    const waiting: { connection: Connection; next: () => void }[] = [];
    const serveMore = (): void => {
      while (served.size < limit) {
        const first = waiting.shift();
        if (!first) return;
        if (first.connection.closed) continue;
        served.add(first.connection);
        first.next();
      }
    };
    return {
      admit(connection, next) {
        waiting.push({ connection, next });
        serveMore();
      },
      closed(connection) {
        served.delete(connection);
        serveMore();
      },
    };
  },
};
