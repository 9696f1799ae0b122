import type { PortName } from '../../history/facts.ts';
import { family } from './shapes.ts';

/** Faults of listening and accepting: what a newsroom meets before it has said anything. */
export const ACCEPT = family({
  'does-not-accept': {
    behave: (device) => ({
      listening(port) {
        if (port === 'upper') device.stopListening(port);
      },
    }),
  },
  'fin-after-accept': {
    behave: () => ({
      admit(connection) {
        connection.finish();
        connection.transport.resume();
      },
    }),
  },
  'slow-accept': {
    parameter: { means: 'time that each accept takes', unit: 'ms', default: 1_200 },
    behave: (device, pause) => {
      const waiting = new Map<PortName, (() => void)[]>();
      const acceptNext = (port: PortName): void => {
        device.after(pause, () => {
          const queue = waiting.get(port) ?? [];
          queue.shift()?.();
          if (queue.length > 0) acceptNext(port);
        });
      };
      return {
        admit({ port }, next) {
          const queue = waiting.get(port) ?? [];
          waiting.set(port, queue);
          queue.push(next);
          if (queue.length === 1) acceptNext(port);
        },
      };
    },
  },
});
