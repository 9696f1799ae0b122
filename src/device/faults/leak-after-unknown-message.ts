import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';
import { isKnown } from '../answers.ts';
import { isMalformed } from '../malformed.ts';

/** Leaks connections that carried an unknown message. */
export const leakAfterUnknownMessage: Fault = {
  name: 'leak-after-unknown-message',
  title: 'Leaks connections that carried an unknown message',
  description: 'The device never closes a connection that carried a message which it does not know.',
  breaks: 'A newsroom of a newer revision costs the device a socket with every connection.',
  behave: () => {
    const spoilt = new WeakSet<Connection>();
    return {
      message(connection, message, next) {
        if (!isMalformed(message) && !isKnown(message.name)) spoilt.add(connection);
        next();
      },
      fin(connection, next) {
        if (!spoilt.has(connection)) next();
      },
    };
  },
};
