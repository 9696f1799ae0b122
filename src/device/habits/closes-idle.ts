import type { Habit } from '../behaviour.ts';
import type { Connection } from '../connection.ts';

/** Closes idle connections. */
export const closesIdle: Habit = {
  name: 'closes-idle',
  title: 'Closes idle connections',
  description: 'The device closes a connection on which nothing was said for a while.',
  parameter: { means: 'how long a connection may be idle', unit: 'ms', default: 20_000 },
  behave: (device, limit) => {
    const watches = new Map<Connection, () => void>();
    const watch = (connection: Connection): void => {
      if (connection.dialled) return;
      watches.get(connection)?.();
      watches.set(
        connection,
        device.after(limit, () => connection.finish()),
      );
    };
    return {
      opened: watch,
      read(connection, chunk) {
        watch(connection);
        return chunk;
      },
      sent: ({ via }) => watch(via),
      closed(connection) {
        watches.get(connection)?.();
        watches.delete(connection);
      },
    };
  },
};
