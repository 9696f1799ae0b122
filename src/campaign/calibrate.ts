import { createServer, type Server, type Socket } from 'node:net';
import { msToUs, nowUs } from '../history/clock.ts';
import { Connection } from '../ncs/connection.ts';
import type { TestRun } from '../scenario/run.ts';
import { judgeState } from '../judge/predicates.ts';
import { viewOf } from '../judge/view.ts';

/** ms within which our own peer must have shown each state. */
const DEADLINE_MS = 2_000;

/**
 * Shows on a peer of our own what a close, a half-close and a reset look like on this machine, before any device
 * is judged by it. A means that does not see them is no witness: the run notes it, and only our own descriptors
 * speak from then on. (That TIME_WAIT is skipped is no fault of the means: the counters of the kernel tell.)
 */
export async function calibrate(run: TestRun): Promise<void> {
  if (!run.context.seesOrphans) return;
  const server = await listen();
  try {
    const half = await dialOwn(run, server, 'own peer, half-close');
    if (!viewOf(half.name, run.history.of(half.name)).ncs.seenAlive)
      return run.context.distrust('our own peer was not seen');
    half.halfClose();
    const needed: Needed[] = [
      [half, 'ncs', ['FIN_WAIT_2']],
      [half, 'device', ['CLOSE_WAIT']],
    ];
    const closed = await dialOwn(run, server, 'own peer, close');
    await closed.close();
    needed.push([closed, 'ncs', ['FIN_WAIT_2']]);
    const reset = await dialOwn(run, server, 'own peer, reset');
    reset.abort();
    needed.push([reset, 'ncs', ['none']]);
    for (const [{ name }, vantage, states] of needed) {
      const missing = await lacks(run, name, vantage, states);
      if (missing !== undefined) return run.context.distrust(missing);
    }
    half.discard();
  } finally {
    for (const socket of server.sockets) socket.destroy();
    server.listener.close();
  }
  await lacks(run, 'own peer, half-close', 'ncs', ['TIME_WAIT']);
}

type Needed = [connection: Connection, vantage: 'ncs' | 'device', states: Parameters<typeof judgeState>[1]];

interface OwnPeer {
  listener: Server;
  port: number;
  sockets: Set<Socket>;
}

/** A peer that keeps every connection half open until it is told to close. */
function listen(): Promise<OwnPeer> {
  const sockets: OwnPeer['sockets'] = new Set();
  const listener = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => sockets.delete(socket));
    socket.resume();
  });
  return new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      resolve({ listener, sockets, port: typeof address === 'object' && address ? address.port : 0 });
    });
  });
}

async function dialOwn(run: TestRun, server: OwnPeer, name: string): Promise<Connection> {
  const connection = await Connection.dial({
    name,
    history: run.history,
    remote: { address: '127.0.0.1', port: server.port },
    timeoutMs: DEADLINE_MS,
    encoding: 'ucs-2be',
    onOpened: (opened) => {
      if (opened.tuple) run.watch.watch(name, opened.tuple, 'own');
      void run.watch.look();
    },
  });
  await lacks(run, name, 'ncs', ['ESTABLISHED']);
  return connection;
}

/** Waits until an end shows one of these states; where it does not, a sentence, which is noted too. */
async function lacks(
  run: TestRun,
  name: string,
  vantage: 'ncs' | 'device',
  states: Parameters<typeof judgeState>[1],
): Promise<string | undefined> {
  const seen = (): boolean =>
    judgeState(viewOf(name, run.history.of(name)), states, vantage).standing === 'holds';
  const waited = await run.history.until(seen, nowUs() + msToUs(DEADLINE_MS), run.context.signal);
  if (waited === 'held') return undefined;
  const text = `our own peer did not show ${states.join(' or ')} ${vantage === 'ncs' ? 'here' : 'there'} (${name})`;
  run.history.record({ kind: 'note', about: 'harness', text });
  return text;
}
