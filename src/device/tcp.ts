import { connect, type AddressInfo } from 'node:net';
import { listen } from './listen.ts';
import type { Network } from './network.ts';
import { SocketTransport } from './socket-transport.ts';

/** The network of this machine. */
export const TCP: Network = {
  hasSockets: true,

  async listen(name, wanted, host, accept) {
    const server = await listen(name, wanted, host, (socket) => accept(new SocketTransport(socket)));
    const { port, address } = server.address() as AddressInfo;
    return { port, address, stop: () => new Promise((resolve) => server.close(() => resolve())) };
  },

  dial(host, port, attempt) {
    const socket = connect({ host, port, allowHalfOpen: true, autoSelectFamily: false, noDelay: true });
    // A refused or lost connection shows as 'close'.
    socket.on('error', () => {});
    socket.once('close', () => attempt.down());
    socket.once('connect', () => {
      const metItself =
        socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress;
      if (metItself) return void socket.destroy();
      socket.pause();
      attempt.up(new SocketTransport(socket));
    });
    return () => void socket.destroy();
  },
};
