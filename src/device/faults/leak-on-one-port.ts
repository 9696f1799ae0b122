import type { Fault } from '../behaviour.ts';

/** Leaks on the upper port. */
export const leakOnOnePort: Fault = {
  name: 'leak-on-one-port',
  title: 'Leaks on the upper port',
  description: 'The device never closes connections to its upper port after a FIN; the others are correct.',
  breaks: 'Object traffic looks healthy while running order connections pile up in FIN_WAIT_2.',
  behave: () => ({
    fin(connection, next) {
      if (connection.port !== 'upper') next();
    },
  }),
};
