import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';
import { isMalformed } from '../malformed.ts';

/** Deaf after malformed XML. */
export const deafAfterMalformed: Fault = {
  name: 'deaf-after-malformed',
  title: 'Deaf after malformed XML',
  description: 'After a message that is not well formed the device answers nothing more on that connection.',
  breaks: 'A single broken message silences a connection that still looks established.',
  behave: () => {
    const deaf = new WeakSet<Connection>();
    return {
      message(connection, message, next, ignore) {
        if (isMalformed(message)) deaf.add(connection);
        if (deaf.has(connection)) ignore();
        else next();
      },
    };
  },
};
