import type { PortName } from '../../history/facts.ts';
import type { Fault } from '../behaviour.ts';

/** Leaks after a reset. */
export const leakAfterReset: Fault = {
  name: 'leak-after-reset',
  title: 'Leaks after a reset',
  description:
    'Once a connection was reset, the device never closes later connections to that port after their FIN.',
  breaks: 'One crash of a newsroom server, and from then on every connection is left in CLOSE_WAIT.',
  behave: () => {
    const harmed = new Set<PortName>();
    return {
      reset: (connection) => void harmed.add(connection.port),
      fin(connection, next) {
        if (!harmed.has(connection.port)) next();
      },
    };
  },
};
