import type { PortName } from '../../history/facts.ts';
import type { Connection } from '../connection.ts';
import { keepsDescriptors } from '../kept-descriptors.ts';
import { family } from './shapes.ts';

/** Faults by which a connection that ended harms those that come after it. */
export const SERVICE = family({
  'listener-dies': {
    behave: (device) => {
      const stop = ({ dialled, port }: Connection): void => {
        if (!dialled) device.stopListening(port);
      };
      // With the news of a reset, before the next connection is accepted.
      return { reset: stop, closed: stop };
    },
  },
  'exits-on-reset': {
    behave: (device) => ({ reset: () => device.exit() }),
  },
  'exits-on-abort-burst': {
    parameter: {
      means: 'connections in a row that are reset unheard until it ends',
      unit: 'count',
      default: 10,
    },
    behave: (device, limit) => {
      const heard = new WeakSet<Connection>();
      let inARow = 0;
      return {
        read(connection, chunk) {
          heard.add(connection);
          inARow = 0;
          return chunk;
        },
        reset(connection) {
          if (connection.dialled || heard.has(connection)) return;
          if (++inARow >= limit) device.exit();
        },
      };
    },
  },
  'refuses-after-n': {
    parameter: { means: 'connections that a port serves', unit: 'count', default: 60 },
    behave: (device, limit) => {
      const accepted = new Map<PortName, number>();
      return {
        admit({ port }, next) {
          const count = (accepted.get(port) ?? 0) + 1;
          accepted.set(port, count);
          if (count >= limit) device.stopListening(port);
          next();
        },
      };
    },
  },
  'spoils-next-connection': {
    behave: () => {
      const spoilt = new Set<PortName>();
      return {
        message(connection, _message, next, ignore) {
          if (spoilt.delete(connection.port)) ignore();
          else next();
        },
        closed(connection) {
          if (connection.incomplete) spoilt.add(connection.port);
        },
      };
    },
  },
  'descriptor-leak-on-reset': {
    needsSockets: true,
    behave: (device) => keepsDescriptors(device, 'reset'),
  },
  'descriptor-leak-on-cut-reset': {
    needsSockets: true,
    behave: (device) => keepsDescriptors(device, 'reset', ({ incomplete }) => incomplete),
  },
  'descriptor-leak-on-owed-reply': {
    needsSockets: true,
    parameter: { means: 'time that each answer takes', unit: 'ms', default: 60 },
    behave: (device, takes) => ({
      ...keepsDescriptors(device, 'reset', ({ unanswered }) => unanswered > 0),
      answer: (_exchange, next) => void device.after(takes, next),
    }),
  },
});
