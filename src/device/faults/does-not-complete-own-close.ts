import type { Fault } from '../behaviour.ts';

/** Never completes a close of its own. */
export const doesNotCompleteOwnClose: Fault = {
  name: 'does-not-complete-own-close',
  title: 'Never completes a close of its own',
  description:
    'Where the device closes first after a reply, it only ends its sending side: it reads no more and never gives the descriptor back.',
  breaks:
    'Nothing shows in netstat, but every such connection costs the device a descriptor until it can accept no more.',
  behave: () => ({
    sent({ via }) {
      if (via.released && !via.finReceived && !via.dialled) via.stopReading();
    },
  }),
};
