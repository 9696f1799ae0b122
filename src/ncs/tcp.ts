import { createServer } from 'node:net';
import type { Network } from './network.ts';
import { connectTo } from './socket.ts';

/** The network of this machine; it listens on every address. */
export const TCP: Network = {
  connect: connectTo,
  listen: (port, accept) => {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, exclusive: true }, () => {
        server.off('error', reject);
        // Running out of descriptors while accepting must not end the harness.
        server.on('error', () => {});
        resolve({ close: () => void server.close() });
      });
    });
  },
};
