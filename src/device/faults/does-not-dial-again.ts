import type { Fault } from '../behaviour.ts';

/** Never dials again. */
export const doesNotDialAgain: Fault = {
  name: 'does-not-dial-again',
  title: 'Never dials again',
  description:
    'Once the connection that the device itself opened to the newsroom is gone, it never opens another one.',
  breaks: 'Status messages stop although everything the newsroom sends is still answered.',
  behave: () => ({ redial: () => {} }),
};
