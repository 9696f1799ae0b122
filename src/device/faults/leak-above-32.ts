import type { Connection } from '../connection.ts';
import type { Fault } from '../behaviour.ts';

/** Leaks above n concurrent connections. */
export const leakAbove32: Fault = {
  name: 'leak-above-32',
  title: 'Leaks above n concurrent connections',
  description: 'A connection that was opened while the port had n others is never closed after its FIN.',
  breaks: 'Quiet hours look healthy; each busy one leaves sockets in CLOSE_WAIT behind.',
  parameter: { means: 'concurrent connections that do no harm', unit: 'count', default: 32 },
  behave: (device, limit) => {
    const crowded = new WeakSet<Connection>();
    return {
      admit(connection, next) {
        if (device.connections(connection.port).length > limit) crowded.add(connection);
        next();
      },
      fin(connection, next) {
        if (!crowded.has(connection)) next();
      },
    };
  },
};
