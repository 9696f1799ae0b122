import type { PortName } from '../../history/facts.ts';
import type { Fault } from '../behaviour.ts';

/** Refuses after n connections. */
export const refusesAfterN: Fault = {
  name: 'refuses-after-n',
  title: 'Refuses after n connections',
  description: 'After n connections to a port the device stops listening on it.',
  breaks: 'MOS works for a while after each restart of the device, then the newsroom is refused.',
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
};
