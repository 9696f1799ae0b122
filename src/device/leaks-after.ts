import type { DecodedMessage } from '../wire/types.ts';
import type { Behaviour } from './behaviour.ts';
import type { Connection } from './connection.ts';

/** Answers everything, and never closes a connection that carried such a message. */
export function leaksAfter(isSuch: (message: DecodedMessage) => boolean): Behaviour {
  const spoilt = new WeakSet<Connection>();
  return {
    message(connection, message, next) {
      if (isSuch(message)) spoilt.add(connection);
      next();
    },
    fin(connection, next) {
      if (!spoilt.has(connection)) next();
    },
  };
}
