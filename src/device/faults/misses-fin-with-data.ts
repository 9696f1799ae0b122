import type { Connection } from '../connection.ts';
import type { Fault } from '../behaviour.ts';

/** Misses a FIN that arrives with data. */
export const missesFinWithData: Fault = {
  name: 'misses-fin-with-data',
  title: 'Misses a FIN that arrives with data',
  description:
    'When a FIN arrives together with a complete request, the device answers it and overlooks the FIN.',
  breaks: 'Newsrooms that send and close in one go leave a socket in CLOSE_WAIT each time.',
  behave: () => {
    const handling = new WeakSet<Connection>();
    return {
      message(connection, _message, next) {
        handling.add(connection);
        // The second turn of the event loop reads what was already there when the request was read.
        setImmediate(() => setImmediate(() => handling.delete(connection)));
        next();
      },
      fin(connection, next) {
        if (!handling.has(connection)) next();
      },
    };
  },
};
