import type { Fault } from '../behaviour.ts';

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
        .some((other) => other !== connection && !other.released && other.newsroom === connection.newsroom);
      if (stale) connection.drop();
      else next();
    },
  }),
};
