import type { PortName } from '../../history/facts.ts';
import type { Fault } from '../behaviour.ts';

/** Takes the rest of a cut message into the next connection. */
export const spoilsNextConnection: Fault = {
  name: 'spoils-next-connection',
  title: 'Takes the rest of a cut message into the next connection',
  description:
    'Where a connection ended in the middle of a message, the first message of the next connection to that port is lost.',
  breaks: 'After a connection broke off, the first request on the new one is never answered.',
  behave: () => {
    const spoilt = new Set<PortName>();
    return {
      message(connection, _message, next, ignore) {
        if (spoilt.delete(connection.port)) ignore();
        else next();
      },
      closed(connection) {
        if (connection.incomplete) spoilt.add(connection.port);
      },
    };
  },
};
