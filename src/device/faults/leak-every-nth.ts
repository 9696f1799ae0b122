import type { PortName } from '../../history/facts.ts';
import type { Fault } from '../behaviour.ts';

/** Leaks every n-th connection. */
export const leakEveryNth: Fault = {
  name: 'leak-every-nth',
  title: 'Leaks every n-th connection',
  description: 'On each port the device never closes every n-th connection that the newsroom closes.',
  breaks: 'Nothing is seen for hours, then CLOSE_WAIT sockets have used up the device.',
  parameter: { means: 'how many closes bring one leak', unit: 'count', default: 10 },
  behave: (_device, nth) => {
    const closes = new Map<PortName, number>();
    return {
      fin(connection, next) {
        const count = (closes.get(connection.port) ?? 0) + 1;
        closes.set(connection.port, count);
        if (count % nth !== 0) next();
      },
    };
  },
};
