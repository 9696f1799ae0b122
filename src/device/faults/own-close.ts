import { portGate } from '../gate.ts';
import { family } from './shapes.ts';

/** Faults of a close that the device itself begins. */
export const OWN_CLOSE = family({
  'does-not-complete-own-close': {
    behave: () => ({
      sent({ via }) {
        if (via.released && !via.finReceived && !via.dialled) via.stopReading();
      },
    }),
  },
  'blocks-while-own-close-waits': {
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
  },
});
