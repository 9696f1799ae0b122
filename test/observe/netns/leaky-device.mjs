// A device that accepts and never closes; prints its port once it listens.
import net from 'node:net';

const [address, port] = process.argv.slice(2);
const server = net.createServer({ allowHalfOpen: true }, (socket) =>
  socket.resume().on('error', () => undefined),
);
server.listen(Number(port), address, () => process.stdout.write('up\n'));
