import type { Fault } from '../behaviour.ts';

/** How long the remains of a connection stand in the way of the next one from the same address and port, in ms. */
const REMAINS_MS = 2_000;

/** Refuses an address and port that it has just met. */
export const refusesSamePort: Fault = {
  name: 'refuses-same-port',
  title: 'Refuses an address and port that it has just met',
  description:
    'The device keys its sessions by the address and port of the newsroom and clears them late: a connection from the pair that another one has just had is closed at once.',
  breaks: 'Now and then a newsroom gets the local port again that it had before, and is turned away.',
  behave: (device) => {
    const met = new Set<string>();
    return {
      admit(connection, next) {
        const peer = `${connection.port} ${connection.newsroom} ${connection.socket.remotePort ?? 0}`;
        if (met.has(peer)) return connection.drop();
        met.add(peer);
        connection.socket.once('close', () => device.after(REMAINS_MS, () => met.delete(peer)));
        next();
      },
    };
  },
};
