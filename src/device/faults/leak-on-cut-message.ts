import type { Fault } from '../behaviour.ts';

/** Leaks when a FIN cuts a message. */
export const leakOnCutMessage: Fault = {
  name: 'leak-on-cut-message',
  title: 'Leaks when a FIN cuts a message',
  description: 'The device never closes a connection whose FIN arrives in the middle of a message.',
  breaks: 'A newsroom that dies while sending leaves a socket in CLOSE_WAIT behind.',
  behave: () => ({
    fin(connection, next) {
      if (!connection.incomplete) next();
    },
  }),
};
