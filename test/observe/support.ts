import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fact, StateFact, Tuple, Vantage } from '../../src/history/facts.ts';
import type { History } from '../../src/history/history.ts';
import { queryFor, type SocketReading } from '../../src/observe/observer.ts';
import { SockDiagObserver } from '../../src/observe/sockdiag/observer.ts';

/** Asks again and again until the answer is truthy; fails with `what` after a while. */
export async function eventually<T>(
  what: string | (() => string),
  ask: () => T | Promise<T>,
  withinMs = 1_800,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > deadline) {
      throw new Error(`not within ${withinMs} ms: ${typeof what === 'string' ? what : what()}`);
    }
    await sleep(2);
  }
}

/** Both ends of a TCP connection inside this process, as Node's sockets that close only when told to. */
export interface Pair {
  ncs: net.Socket;
  device: net.Socket;
  tuple: Tuple;
  server: net.Server;
  close(): void;
}

/** A server on a free port below the ephemeral range. */
export async function listen(host: string, options: net.ServerOpts = {}): Promise<net.Server> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = net.createServer({ allowHalfOpen: true, ...options });
    const bound = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, host, () => resolve(true));
    });
    if (bound) return server;
  }
  throw new Error(`no free port on ${host}`);
}

/** Connects to a device that listens on `host`, calling it by `address`. */
export async function connectPair(host = '127.0.0.1', address = host): Promise<Pair> {
  const server = await listen(host);
  const { port } = server.address() as net.AddressInfo;
  const accepted = new Promise<net.Socket>((resolve) => server.once('connection', resolve));
  const ncs = net.connect({ port, host: address, allowHalfOpen: true });
  await new Promise((resolve, reject) => ncs.once('connect', resolve).once('error', reject));
  const device = await accepted;
  for (const socket of [ncs, device]) socket.on('error', () => undefined).resume();
  const tuple = { local: { address, port: ncs.localPort ?? 0 }, remote: { address, port } };
  return {
    ncs,
    device,
    tuple,
    server,
    close() {
      ncs.destroy();
      device.destroy();
      server.close();
    },
  };
}

/** sock_diag, which these tests require: the fallbacks have tests of their own. */
export function openSockDiag(): SockDiagObserver {
  const observer = SockDiagObserver.open();
  if ('unavailable' in observer) throw new Error(observer.unavailable);
  return observer;
}

/** The states of both ends, `none` where there is no socket. */
export function statesOf(observer: SockDiagObserver, tuple: Tuple): string {
  return readBoth(observer, tuple)
    .map((reading) => reading?.state ?? 'none')
    .join('/');
}

/** The readings of our end and the device's. */
export function readBoth(observer: SockDiagObserver, tuple: Tuple): (SocketReading | null)[] {
  return observer.lookup([queryFor(tuple, 'ncs'), queryFor(tuple, 'device')]);
}

/** The states recorded at one vantage, in order. */
export function recorded(history: History, vantage: Vantage, connection = 'c'): string[] {
  return stateFacts(history.of(connection))
    .filter((fact) => fact.vantage === vantage)
    .map((fact) => fact.state);
}

/** The state facts among these. */
export function stateFacts(facts: readonly Fact[]): StateFact[] {
  return facts.filter((fact): fact is StateFact => fact.kind === 'state');
}

/** A process of its own that listens on 127.0.0.1, accepts and never closes anything. End it with its id. */
export async function spawnListener(): Promise<{ child: ChildProcess; port: number }> {
  const server = await listen('127.0.0.1');
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const script = `require('node:net').createServer({ allowHalfOpen: true }, (socket) => socket.resume())
    .listen(${port}, '127.0.0.1', () => process.stdout.write('up'))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return { child, port };
}

/** Waits for the 'close' of a socket, whatever error it had. */
export function closed(socket: net.Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
