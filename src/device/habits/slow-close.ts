import type { Habit } from '../behaviour.ts';

/** Closes a little later. */
export const slowClose: Habit = {
  name: 'slow-close',
  title: 'Closes a little later',
  description: 'The device closes its own end a while after the FIN, within any release time worth the name.',
  parameter: { means: 'delay of every close', unit: 'ms', default: 800 },
  behave: (device, delay) => ({ fin: (_connection, next) => void device.after(delay, next) }),
};
