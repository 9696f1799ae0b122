import type { Connection } from '../connection.ts';
import { messagesWait, oneByOne, portGate } from '../gate.ts';
import { waitsForPlace } from '../places.ts';
import { family, setTo } from './shapes.ts';

/** Faults by which one connection, open and perhaps difficult, holds up itself or the others. */
export const STALL = family({
  'one-connection-at-a-time': {
    behave: () => {
      const gate = portGate();
      return {
        ...oneByOne(gate),
        closed: (connection) => gate.release(connection),
      };
    },
  },
  'disturbed-by-idle-connections': {
    parameter: { means: 'threads of its pool, each held by one open connection', unit: 'count', default: 8 },
    behave: (_device, threads) => waitsForPlace(threads),
  },
  'blocks-while-idle': {
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
  },
  'blocks-while-drip': {
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
  },
  'blocks-while-not-reading': {
    behave: () => {
      const gate = portGate();
      return {
        message: (connection, _message, next) => gate.enter(connection, next),
        sent({ via }) {
          if (via.unsentBytes > 0) gate.hold(via);
        },
        flushed(connection) {
          if (connection.unsentBytes === 0) gate.release(connection);
        },
        closed: (connection) => gate.release(connection),
      };
    },
  },
  'blocks-while-endless': {
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
  },
  'buffers-endless-message': setTo((settings) => {
    settings.messageLimit = Infinity;
  }),
  'stops-reading-after-n': {
    parameter: { means: 'messages that a connection serves', unit: 'count', default: 20 },
    behave: (_device, limit) => {
      const answered = new WeakMap<Connection, number>();
      return {
        message(connection, _message, next) {
          const count = (answered.get(connection) ?? 0) + 1;
          answered.set(connection, count);
          if (count <= limit) next();
          else connection.stopReading();
        },
      };
    },
  },
});
