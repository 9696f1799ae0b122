import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * Holds connections to itself, both ends of each, until it is told to let go or its parent is gone: its descriptors
 * are not those of the bench. Started by crowd.ts with an address and a number.
 */
const [address = '127.0.0.1', wanted = '0'] = process.argv.slice(2);

/** Connects under way at once: fewer than wait in the queue of the listener. */
const AT_ONCE = 100;

const accepted = new Set<Socket>();
const server = createServer((socket) => {
  accepted.add(socket);
  socket.on('error', () => undefined).on('close', () => accepted.delete(socket));
});
server.listen(0, address);
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

const ours: Socket[] = [];
let left = Number(wanted);

async function dial(): Promise<void> {
  while (left > 0) {
    left -= 1;
    const socket = connect({ port, host: address, localAddress: address });
    await once(socket, 'connect');
    ours.push(socket.on('error', () => undefined));
  }
}

/** By reset: no end of them stays in the table. */
function letGo(): void {
  for (const socket of ours) socket.resetAndDestroy();
  const end = (): void => (accepted.size === 0 ? process.exit() : void setTimeout(end, 10));
  end();
}

process.once('message', letGo);
process.once('disconnect', letGo);
await Promise.all(Array.from({ length: AT_ONCE }, dial));
process.send?.({ port, ports: ours.map(({ localPort }) => localPort) });
