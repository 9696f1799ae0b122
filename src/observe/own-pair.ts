import net from 'node:net';
import type { Tuple } from '../history/facts.ts';
import { sentence } from './blind.ts';

const DEADLINE_MS = 2_000;
const LOOPBACKS = ['127.0.0.1', '::1'];

/** A live TCP connection of this process with itself. */
export interface Pair {
  tuple: Tuple;
  /** Closes both ends in order, ours first. */
  close(): void;
  /** Frees everything, in whatever state it is. */
  destroy(): void;
}

/**
 * Opens a connection of this process with itself, on whichever loopback there is.
 * @throws Error, in one sentence, where none can be made
 */
export async function openPair(): Promise<Pair> {
  let reason: unknown;
  for (const address of LOOPBACKS) {
    try {
      return await openPairOn(address);
    } catch (error) {
      reason = error;
    }
  }
  throw new Error(`no connection of our own could be made to try it on (${sentence(reason)})`);
}

async function openPairOn(address: string): Promise<Pair> {
  const server = net.createServer({ allowHalfOpen: true });
  const sockets: net.Socket[] = [];
  const destroy = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  try {
    const accepted = once<net.Socket>(server, 'connection');
    const listening = once(server, 'listening');
    server.listen(0, address);
    await listening;
    const { port } = server.address() as net.AddressInfo;
    const ours = net.connect({ host: address, port });
    sockets.push(ours);
    await once(ours, 'connect');
    const theirs = await accepted;
    sockets.push(theirs);
    for (const socket of sockets) socket.on('error', () => undefined);
    theirs.resume().on('end', () => theirs.end());
    const tuple = { local: { address, port: ours.localPort ?? 0 }, remote: { address, port } };
    return { tuple, close: () => ours.resume().end(), destroy };
  } catch (error) {
    destroy();
    throw error;
  }
}

function once<T = void>(emitter: net.Server | net.Socket, event: string): Promise<T> {
  const happened = new Promise<T>((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      emitter.off('error', onError).off(event, onEvent);
      act();
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const onEvent = (value: T): void => settle(() => resolve(value));
    const timer = setTimeout(() => onError(new Error(`no ${event} in ${DEADLINE_MS} ms`)), DEADLINE_MS);
    emitter.on('error', onError).on(event, onEvent);
  });
  // Whoever is not awaited any more, because another step failed first, must not end the process.
  happened.catch(() => undefined);
  return happened;
}
