import type { Connection } from '../connection.ts';
import { messagesWait, portGate } from '../gate.ts';
import type { Fault } from '../behaviour.ts';

/** Blocked by a message that never ends. */
export const blocksWhileEndless: Fault = {
  name: 'blocks-while-endless',
  title: 'Blocked by a message that never ends',
  description:
    'Once an unfinished message has grown beyond a size, every other connection to that port waits until it has ended or is given up.',
  breaks: 'One broken sender stops MOS for all as soon as enough of its message has come.',
  parameter: { means: 'bytes of an unfinished message that do no harm', unit: 'count', default: 65_536 },
  behave: (_device, harmless) => {
    const gate = portGate();
    const pending = new WeakMap<Connection, number>();
    return {
      read(connection, chunk) {
        pending.set(connection, (pending.get(connection) ?? 0) + chunk.length);
        return chunk;
      },
      framed(connection, frames) {
        if (frames.length > 0 || !connection.incomplete) pending.set(connection, 0);
        if ((pending.get(connection) ?? 0) > harmless) gate.hold(connection);
        else gate.release(connection);
        return frames;
      },
      ...messagesWait(gate),
    };
  },
};
