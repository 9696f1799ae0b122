import { portGate } from '../gate.ts';
import type { Fault } from '../behaviour.ts';

/** Blocked by a close of its own. */
export const blocksWhileOwnCloseWaits: Fault = {
  name: 'blocks-while-own-close-waits',
  title: 'Blocked by a close of its own',
  description:
    'Where the device closes first after a reply, every other connection to that port waits until the newsroom has closed too.',
  breaks: 'A newsroom that is slow to close its end stops MOS for all.',
  behave: () => {
    const gate = portGate();
    return {
      message: (connection, _message, next) => gate.enter(connection, next),
      sent({ via }) {
        if (via.released && !via.finReceived && !via.dialled) gate.hold(via);
      },
      fin(connection, next) {
        gate.release(connection);
        next();
      },
      closed: (connection) => gate.release(connection),
    };
  },
};
