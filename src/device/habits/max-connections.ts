import type { Habit } from '../behaviour.ts';

/** Limits its connections. */
export const maxConnections: Habit = {
  name: 'max-connections',
  title: 'Limits its connections',
  description: 'The device holds so many connections at once and closes one more at once.',
  parameter: { means: 'most connections, all ports together', unit: 'count', default: 16 },
  behave({ settings }, limit) {
    settings.connectionLimit = limit;
    return {};
  },
};
