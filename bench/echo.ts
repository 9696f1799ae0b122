import { createServer, type AddressInfo } from 'node:net';

/** A server that sends back what it reads; a heartbeat is its own reply. Started with an IPC channel, ends with it. */
const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => undefined);
  socket.pipe(socket);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());
