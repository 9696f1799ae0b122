import { randomInt } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import type { PortName } from '../history/facts.ts';
import { DeviceError } from './options.ts';

/**
 * Free ports are taken from here: below the ephemeral range, where no connection of our own can meet itself, and below
 * the NCS's own ports (ncs/own-port.ts).
 */
const FIRST_FREE = 20_000;
const LAST_FREE = 25_999;
const ATTEMPTS = 200;

/**
 * Listens for one MOS port. Sockets are handed over unread and half-open, so that whoever serves them decides what
 * becomes of a FIN.
 * @param wanted the port number, or undefined for a free one
 * @throws DeviceError naming the port and the reason
 */
export async function listen(
  name: PortName,
  wanted: number | undefined,
  host: string,
  accept: (socket: Socket) => void,
): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? randomInt(FIRST_FREE, LAST_FREE + 1);
    try {
      return await open(port, host, accept);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      const again =
        wanted === undefined && attempt < ATTEMPTS && (code === 'EADDRINUSE' || code === 'EACCES');
      if (!again) throw new DeviceError(reason(name, port, host, code));
    }
  }
}

function open(port: number, host: string, accept: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, accept);
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', reject);
      // Running out of descriptors while accepting must not end the process.
      server.on('error', () => {});
      resolve(server);
    });
  });
}

function reason(name: PortName, port: number, host: string, code: string): string {
  if (code === 'EADDRINUSE') return `port ${port} (${name}) is taken on ${host}`;
  if (code === 'EACCES') return `port ${port} (${name}) needs a privilege that this user lacks`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is no address of this machine`;
  if (code === 'ERR_SOCKET_BAD_PORT') return `port ${port} (${name}) is not between 1 and 65535`;
  return `cannot listen on ${host} port ${port} (${name}): ${code}`;
}
