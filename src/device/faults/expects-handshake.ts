import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';

/** Expects a heartbeat first. */
export const expectsHandshake: Fault = {
  name: 'expects-handshake',
  title: 'Expects a heartbeat first',
  description: 'Until a heartbeat has come on a connection, the device answers nothing on it.',
  breaks: 'A newsroom whose first message is another one waits in vain.',
  behave: () => {
    const greeted = new WeakSet<Connection>();
    return {
      message(connection, message, next, ignore) {
        if (message.name === 'heartbeat') greeted.add(connection);
        if (greeted.has(connection)) next();
        else ignore();
      },
    };
  },
};
