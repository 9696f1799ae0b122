import { portGate } from '../gate.ts';
import type { Fault } from '../behaviour.ts';

/** Blocked by a reader that stops. */
export const blocksWhileNotReading: Fault = {
  name: 'blocks-while-not-reading',
  title: 'Blocked by a reader that stops',
  description: 'While a newsroom does not read its answers, every other connection to that port waits.',
  breaks: 'One newsroom server that hangs stops MOS for all.',
  behave: () => {
    const gate = portGate();
    return {
      message: (connection, _message, next) => gate.enter(connection, next),
      sent({ via }) {
        if (via.socket.writableLength > 0) gate.hold(via);
      },
      flushed(connection) {
        if (connection.socket.writableLength === 0) gate.release(connection);
      },
      closed: (connection) => gate.release(connection),
    };
  },
};
