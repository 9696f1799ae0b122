import type { Fault } from '../behaviour.ts';

/** Resets instead of closing. */
export const resetInsteadOfFin: Fault = {
  name: 'reset-instead-of-fin',
  title: 'Resets instead of closing',
  description: 'The device answers a FIN with a reset instead of a FIN of its own.',
  breaks: 'Closing looks like a fault of the network, and answers still under way can be lost.',
  behave: () => ({ fin: (connection) => connection.reset() }),
};
