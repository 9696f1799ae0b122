import type { Behaviour } from './behaviour.ts';
import type { Connection } from './connection.ts';

/** Serves so many connections at once, all ports together; one more waits until another has ended. */
export function waitsForPlace(places: number): Required<Pick<Behaviour, 'admit' | 'closed'>> {
  const served = new Set<Connection>();
  const waiting: { connection: Connection; next: () => void }[] = [];
  const serveMore = (): void => {
    while (served.size < places) {
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
}
