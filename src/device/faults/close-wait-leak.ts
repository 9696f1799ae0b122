import type { Fault } from '../behaviour.ts';

/** Never closes after a FIN. */
export const closeWaitLeak: Fault = {
  name: 'close-wait-leak',
  title: 'Never closes after a FIN',
  description: 'The device never closes its own end after the newsroom has closed.',
  breaks:
    'Every connection that the newsroom closes stays in FIN_WAIT_2 there and in CLOSE_WAIT on the device until MOS stops working.',
  behave: () => ({ fin: () => {} }),
};
