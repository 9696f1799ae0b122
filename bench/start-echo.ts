import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Endpoint } from '../src/history/facts.ts';

/** Starts a server that sends back what it reads, in a process of its own, which ends with us. */
export async function startEcho(): Promise<{ remote: Endpoint; stop(): void }> {
  const server = fork(path.join(import.meta.dirname, 'echo.ts'));
  const [port] = (await once(server, 'message')) as [number];
  return { remote: { address: '127.0.0.1', port }, stop: () => server.disconnect() };
}
