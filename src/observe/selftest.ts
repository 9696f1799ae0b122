import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { msToUs, nowUs } from '../history/clock.ts';
import type { Tuple } from '../history/facts.ts';
import { sentence } from './blind.ts';
import { queryFor, type SocketObserver, type SocketReading } from './observer.ts';

const DEADLINE_MS = 2_000;
const LOOPBACKS = ['127.0.0.1', '::1'];

/** A live TCP connection of this process with itself. */
interface Pair {
  tuple: Tuple;
  /** Closes both ends in order, ours first. */
  close(): void;
  /** Frees everything, in whatever state it is. */
  destroy(): void;
}

/**
 * Proves an observer on a connection of our own: it has to see both ends ESTABLISHED and then gone or in
 * TIME_WAIT. An observer that answers "no such socket" for a live one would make every verdict worthless.
 * @returns true, or in one sentence why it cannot be relied on; never throws
 */
export async function selfTest(observer: SocketObserver): Promise<true | string> {
  let pair: Pair | undefined;
  try {
    pair = await openPair();
    const alive = await look(observer, pair.tuple);
    if (!alive.every((reading) => reading?.state === 'ESTABLISHED')) return notAlive(alive);
    pair.close();
    return await seeRelease(observer, pair.tuple);
  } catch (error) {
    return sentence(error);
  } finally {
    pair?.destroy();
  }
}

async function seeRelease(observer: SocketObserver, tuple: Tuple): Promise<true | string> {
  const deadlineUs = nowUs() + msToUs(DEADLINE_MS);
  for (;;) {
    const ends = await look(observer, tuple);
    if (ends.every((reading) => reading === null || reading.state === 'TIME_WAIT')) return true;
    if (nowUs() > deadlineUs)
      return `it still shows ${states(ends)} after a connection of our own was closed`;
    await sleep(2);
  }
}

function look(observer: SocketObserver, tuple: Tuple): Promise<(SocketReading | null)[]> {
  return Promise.resolve(observer.lookup([queryFor(tuple, 'ncs'), queryFor(tuple, 'device')]));
}

function notAlive(ends: readonly (SocketReading | null)[]): string {
  if (ends.every((reading) => reading === null))
    return 'it says that there is no socket for a live connection of our own';
  return `it shows ${states(ends)} for a live connection of our own`;
}

function states(ends: readonly (SocketReading | null)[]): string {
  return ends.map((reading) => reading?.state ?? 'no socket').join(' and ');
}

async function openPair(): Promise<Pair> {
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
