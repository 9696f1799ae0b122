import type { Connection } from '../connection.ts';
import { isMalformed, isUnknown } from '../malformed.ts';
import { family, leaves, leavesAfter } from './shapes.ts';

/** A FIN that comes within this time of a request, in ms, has come together with it. */
const TOGETHER_MS = 3;

/** Leaks that depend on what went over the connection before it was closed: others are released. */
export const LEAK_BY_TRAFFIC = family({
  'leak-without-message': leaves(({ received }) => received === 0),
  'helper-keeps-connection': {
    needsSockets: true,
    behave: (device) => {
      const kept = new WeakSet<Connection>();
      return {
        message(connection, { name }, next) {
          const end = name === 'reqMachInfo' ? connection.socket?.startHelper() : undefined;
          if (end) {
            kept.add(connection);
            device.onStop(end);
          }
          next();
        },
        fin(connection, next) {
          // An orderly end is a shutdown, which no copy of the descriptor holds up; a bare close is held up.
          if (kept.has(connection)) connection.drop();
          else next();
        },
      };
    },
  },
  'misses-fin-with-data': {
    behave: (device) => {
      const handling = new WeakSet<Connection>();
      return {
        message(connection, _message, next) {
          handling.add(connection);
          // Answered afterwards: whether the NCS closes on the answer before this is over would be up to the moment.
          const over = bothOver(() => {
            handling.delete(connection);
            next();
          });
          device.after(TOGETHER_MS, over);
          // The second turn of the event loop reads what was already there when the request was read.
          setImmediate(() => setImmediate(over));
        },
        fin(connection, next) {
          if (!handling.has(connection)) next();
        },
      };
    },
  },
  'leak-on-cut-message': leaves(({ incomplete }) => incomplete),
  'leak-after-many-messages': {
    parameter: { means: 'messages from which on a connection leaks', unit: 'count', default: 5 },
    behave: (_device, limit) => {
      const answered = new WeakMap<Connection, number>();
      return {
        message(connection, _message, next) {
          answered.set(connection, (answered.get(connection) ?? 0) + 1);
          next();
        },
        fin(connection, next) {
          if ((answered.get(connection) ?? 0) < limit) next();
        },
      };
    },
  },
  'leak-after-silence': {
    parameter: { means: 'silence after which the FIN is missed', unit: 'ms', default: 1_000 },
    behave: (_device, silenceMs) => {
      const heardMs = new WeakMap<Connection, number>();
      return {
        message(connection, _message, next) {
          heardMs.set(connection, performance.now());
          next();
        },
        fin(connection, next) {
          const sinceMs = performance.now() - (heardMs.get(connection) ?? Infinity);
          if (!(sinceMs >= silenceMs)) next();
        },
      };
    },
  },
  'leak-after-unknown-message': leavesAfter(isUnknown),
  'leak-after-malformed': leavesAfter(isMalformed),
});

/** Does something when it is called for the second time. */
function bothOver(action: () => void): () => void {
  let isSecond = false;
  return () => {
    if (isSecond) action();
    isSecond = true;
  };
}
