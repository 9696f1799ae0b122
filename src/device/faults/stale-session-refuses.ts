import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';

/** A stale session refuses the same newsroom. */
export const staleSessionRefuses: Fault = {
  name: 'stale-session-refuses',
  title: 'A stale session refuses the same newsroom',
  description:
    'While a connection of a newsroom is open, every new one of that newsroom to the same port is closed at once.',
  breaks: 'After a restart the newsroom is turned away because the device believes the old connection alive.',
  behave: (device) => ({
    admit(connection, next) {
      const stale = device
        .connections(connection.port)
        .some((other) => other !== connection && isAlive(other) && other.newsroom === connection.newsroom);
      if (stale) connection.drop();
      else next();
    },
  }),
};

/** A connection that was reset is gone before anything is told of it. */
function isAlive({ released, socket }: Connection): boolean {
  return !released && !socket.destroyed;
}
