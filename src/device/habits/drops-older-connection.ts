import type { Habit } from '../behaviour.ts';

/** Drops the older connection. */
export const dropsOlderConnection: Habit = {
  name: 'drops-older-connection',
  title: 'Drops the older connection',
  description: 'When a newsroom dials a port again, the device closes the older connection of that newsroom.',
  behave: (device) => ({
    admit(connection, next) {
      for (const other of device.connections(connection.port)) {
        if (other !== connection && other.newsroom === connection.newsroom) other.finish();
      }
      next();
    },
  }),
};
