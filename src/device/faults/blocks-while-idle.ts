import type { Connection } from '../connection.ts';
import { messagesWait, oneByOne, portGate } from '../gate.ts';
import type { Fault } from '../behaviour.ts';

/** Blocked by an idle connection. */
export const blocksWhileIdle: Fault = {
  name: 'blocks-while-idle',
  title: 'Blocked by an idle connection',
  description:
    'A connection that has not sent anything yet keeps every other connection to that port waiting.',
  breaks: 'A newsroom that connects and says nothing stops MOS for all.',
  behave: () => {
    const gate = portGate();
    const spoken = new WeakSet<Connection>();
    return {
      ...oneByOne(gate),
      read(connection, chunk) {
        if (!spoken.has(connection)) {
          spoken.add(connection);
          gate.release(connection);
        }
        return chunk;
      },
      ...messagesWait(gate),
    };
  },
};
