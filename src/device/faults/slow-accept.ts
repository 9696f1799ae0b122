import type { PortName } from '../../history/facts.ts';
import type { Fault } from '../behaviour.ts';

/** Accepts slowly. */
export const slowAccept: Fault = {
  name: 'slow-accept',
  title: 'Accepts slowly',
  description: 'The device takes its time for each new connection, one after the other on each port.',
  breaks: 'After a restart of the newsroom it takes minutes until all connections are served.',
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
};
