import { oneByOne, portGate } from '../gate.ts';
import type { Fault } from '../behaviour.ts';

/** Serves one connection at a time. */
export const oneConnectionAtATime: Fault = {
  name: 'one-connection-at-a-time',
  title: 'Serves one connection at a time',
  description:
    'The device serves one connection for each port; others are accepted and wait unserved until it ends.',
  breaks: 'A second newsroom server, or a restarted one, connects and gets no answer.',
  behave: () => {
    const gate = portGate();
    return {
      ...oneByOne(gate),
      closed: (connection) => gate.release(connection),
    };
  },
};
