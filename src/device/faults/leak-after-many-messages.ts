import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';

/** Leaks connections that carried many messages. */
export const leakAfterManyMessages: Fault = {
  name: 'leak-after-many-messages',
  title: 'Leaks connections that carried many messages',
  description: 'The device never closes a connection on which it has answered so many messages.',
  breaks: 'Connections of a test are released, those of a working day are not.',
  parameter: { means: 'messages from which on a connection leaks', unit: 'count', default: 5 },
  behave: (_device, limit) => {
    const answered = new WeakMap<Connection, number>();
    return {
      message(connection, _message, next) {
        answered.set(connection, (answered.get(connection) ?? 0) + 1);
        next();
      },
      fin(connection, next) {
        if ((answered.get(connection) ?? 0) < limit) next();
      },
    };
  },
};
