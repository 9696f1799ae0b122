import type { Fault } from '../behaviour.ts';
import { Gate } from '../gate.ts';

/** One lane blocks the other. */
export const secondLaneBlocked: Fault = {
  name: 'second-lane-blocked',
  title: 'One lane blocks the other',
  description:
    'While one port is busy with a message or waits for an answer, the device serves nothing on the others.',
  breaks: 'A long message on one port holds up the running orders on the other.',
  behave: () => {
    const gate = new Gate((holder, other) => holder.port !== other.port);
    return {
      framed(connection, frames) {
        if (connection.incomplete) gate.hold(connection);
        else if (!connection.awaited) gate.release(connection);
        return frames;
      },
      asked: (connection) => gate.hold(connection),
      answered: (connection) => gate.release(connection),
      message: (connection, _message, next) => gate.enter(connection, next),
      fin(connection, next) {
        gate.release(connection);
        next();
      },
      closed: (connection) => gate.release(connection),
    };
  },
};
