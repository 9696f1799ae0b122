import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ephemeral range of every system: no socket that chose its port by itself stands in the way here. Above the
 * free ports of the reference device (device/listen.ts): what listens here on every address never answers for one
 * that has stopped listening.
 */
const FIRST = 26_000;
const LAST = 31_999;
const ATTEMPTS = 50;

/**
 * A local port for a connection that another one is to follow from the same port. A port that the kernel chose is
 * of no use for that: some other connection in TIME_WAIT that shares it often keeps it from being bound again.
 * @returns undefined where none could be found
 */
export async function ownPort(): Promise<number | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(FIRST, LAST + 1);
    if (await isFree(port)) return port;
  }
  return undefined;
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
