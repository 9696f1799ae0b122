import { messagesWait, portGate } from '../gate.ts';
import type { Fault } from '../behaviour.ts';

/** Blocked by an unfinished message. */
export const blocksWhileDrip: Fault = {
  name: 'blocks-while-drip',
  title: 'Blocked by an unfinished message',
  description: 'While a message on one connection is incomplete, every other connection to that port waits.',
  breaks: 'One slow or broken sender stops MOS for all.',
  behave: () => {
    const gate = portGate();
    return {
      framed(connection, frames) {
        if (connection.incomplete) gate.hold(connection);
        else gate.release(connection);
        return frames;
      },
      ...messagesWait(gate),
    };
  },
};
