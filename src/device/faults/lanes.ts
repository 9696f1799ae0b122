import type { Connection } from '../connection.ts';
import { Gate } from '../gate.ts';
import { family } from './shapes.ts';

/** Faults by which ports and newsrooms get into the way of each other. */
export const LANES = family({
  'second-lane-blocked': {
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
  },
  'one-newsroom-at-a-time': {
    behave: (device) => {
      const newsroomOf = new WeakMap<Connection, string>();
      return {
        message(connection, message, next, ignore) {
          if (message.ncsID !== undefined) newsroomOf.set(connection, message.ncsID);
          const others = device.connections().filter((one) => one !== connection && !one.released);
          const known = others.flatMap((one) => newsroomOf.get(one) ?? []);
          if (known.some((ncsID) => ncsID !== message.ncsID)) ignore();
          else next();
        },
      };
    },
  },
});
