import type { PortName } from '../../history/facts.ts';
import type { Connection } from '../connection.ts';
import { keepsDescriptors } from '../kept-descriptors.ts';
import { family } from './shapes.ts';

/** Leaks that no connection shows alone: it takes many of them, or another one that ended badly before. */
export const LEAK_AMONG_MANY = family({
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
  'descriptor-leak-on-close': {
    needsSockets: true,
    behave: (device) => keepsDescriptors(device, 'end'),
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
});
