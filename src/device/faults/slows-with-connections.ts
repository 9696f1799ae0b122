import type { PortName } from '../../history/facts.ts';
import type { Fault } from '../behaviour.ts';

/** Gets slower with every connection. */
export const slowsWithConnections: Fault = {
  name: 'slows-with-connections',
  title: 'Gets slower with every connection',
  description: 'Every connection that a port has ever had delays each later answer a little.',
  breaks: 'The longer the device runs, the later it answers, until the newsroom gives up.',
  parameter: { means: 'delay for each connection so far', unit: 'ms', default: 0.1 },
  behave: (device, perConnection) => {
    const accepted = new Map<PortName, number>();
    return {
      admit({ port }, next) {
        accepted.set(port, (accepted.get(port) ?? 0) + 1);
        next();
      },
      answer({ connection }, next) {
        const delay = Math.floor((accepted.get(connection.port) ?? 0) * perConnection);
        if (delay > 0) device.after(delay, next);
        else next();
      },
    };
  },
};
