import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';
import { isMalformed } from '../malformed.ts';

/** Leaks connections that carried malformed XML. */
export const leakAfterMalformed: Fault = {
  name: 'leak-after-malformed',
  title: 'Leaks connections that carried malformed XML',
  description: 'The device never closes a connection that carried a message which is not well formed.',
  breaks: 'Whoever sends it rubbish costs the device a socket each time.',
  behave: () => {
    const spoilt = new WeakSet<Connection>();
    return {
      message(connection, message, next) {
        if (isMalformed(message)) spoilt.add(connection);
        next();
      },
      fin(connection, next) {
        if (!spoilt.has(connection)) next();
      },
    };
  },
};
