import type { PortName } from '../../history/facts.ts';
import type { Connection } from '../connection.ts';
import { isMalformed, isUnknown } from '../malformed.ts';
import { family, leaves, leavesAfter } from './shapes.ts';

/** Faults of the release: what becomes of the device's end after the newsroom has closed. */
export const RELEASE = family({
  'close-wait-leak': leaves(() => true),
  'late-close': {
    parameter: { means: 'delay of the close', unit: 'ms', default: 8_000 },
    behave: (device, delay) => ({ fin: (_connection, next) => void device.after(delay, next) }),
  },
  'reset-instead-of-fin': {
    behave: () => ({ fin: (connection) => connection.reset() }),
  },
  'descriptor-leak-on-close': {
    needsSockets: true,
    behave: (device) => ({
      admit(connection, next) {
        const release = connection.socket?.keepDescriptor('end');
        if (release) device.onStop(release);
        next();
      },
    }),
  },
  'leak-every-nth': {
    parameter: { means: 'how many closes bring one leak', unit: 'count', default: 10 },
    behave: (_device, nth) => {
      const closes = new Map<PortName, number>();
      return {
        fin(connection, next) {
          const count = (closes.get(connection.port) ?? 0) + 1;
          closes.set(connection.port, count);
          if (count % nth !== 0) next();
        },
      };
    },
  },
  'leak-on-cut-message': leaves(({ incomplete }) => incomplete),
  'leak-without-message': leaves(({ received }) => received === 0),
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
  'leak-on-one-port': leaves(({ port }) => port === 'upper'),
  'leak-above-32': {
    parameter: { means: 'concurrent connections that do no harm', unit: 'count', default: 32 },
    behave: (device, limit) => {
      const crowded = new WeakSet<Connection>();
      return {
        admit(connection, next) {
          if (device.connections(connection.port).length > limit) crowded.add(connection);
          next();
        },
        fin(connection, next) {
          if (!crowded.has(connection)) next();
        },
      };
    },
  },
  'leak-after-reset': {
    behave: () => {
      const harmed = new Set<PortName>();
      return {
        reset: (connection) => void harmed.add(connection.port),
        fin(connection, next) {
          if (!harmed.has(connection.port)) next();
        },
      };
    },
  },
  'misses-fin-with-data': {
    behave: () => {
      const handling = new WeakSet<Connection>();
      return {
        message(connection, _message, next) {
          handling.add(connection);
          // The second turn of the event loop reads what was already there when the request was read.
          setImmediate(() => setImmediate(() => handling.delete(connection)));
          next();
        },
        fin(connection, next) {
          if (!handling.has(connection)) next();
        },
      };
    },
  },
});
