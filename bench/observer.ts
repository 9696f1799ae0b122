/**
 * What a look at watched connections costs: sock_diag, both ends of each, against what one would do without it
 * (run `ss`, read /proc/net/tcp). Run it with: npx tsx bench/observer.ts
 */
import net from 'node:net';
import { History } from '../src/history/history.ts';
import type { Tuple } from '../src/history/facts.ts';
import { queryFor, type SocketObserver, type SocketQuery } from '../src/observe/observer.ts';
import { ProcObserver } from '../src/observe/proc.ts';
import { SockDiagObserver } from '../src/observe/sockdiag/observer.ts';
import { SsObserver } from '../src/observe/ss.ts';
import { Watcher } from '../src/observe/watcher.ts';

const BUDGET_US = 5;
const ROUNDS = 7;

async function connections(count: number): Promise<{ tuples: Tuple[]; close(): void }> {
  const server = net.createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const ours: net.Socket[] = [];
  for (let i = 0; i < count; i++) {
    const socket = net.connect(port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    ours.push(socket);
  }
  const address = '127.0.0.1';
  return {
    tuples: ours.map((socket) => ({
      local: { address, port: socket.localPort ?? 0 },
      remote: { address, port },
    })),
    close() {
      for (const socket of ours) socket.resetAndDestroy();
      server.close();
    },
  };
}

/** The median of several rounds, in microseconds a call. */
async function medianUs(calls: number, act: () => unknown): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let i = 0; i < calls; i++) {
      const result = act();
      if (result instanceof Promise) await result;
    }
    rounds.push(((performance.now() - start) / calls) * 1000);
  }
  return rounds.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0;
}

function report(text: string): void {
  process.stdout.write(`${text}\n`);
}

const sockDiag = SockDiagObserver.open();
if ('unavailable' in sockDiag) {
  report(`sock_diag cannot be measured here: ${sockDiag.unavailable}`);
  process.exit(1);
}

report('connections   sock_diag us   us/connection   watcher us/connection   ss: times   /proc: times');
let worst = 0;
for (const count of [1, 5, 32, 100, 500]) {
  const { tuples, close } = await connections(count);
  const queries: SocketQuery[] = tuples.flatMap((tuple) => [
    queryFor(tuple, 'ncs'),
    queryFor(tuple, 'device'),
  ]);
  const look = (observer: SocketObserver) => () => observer.lookup(queries);
  await medianUs(2_000, look(sockDiag));
  const direct = await medianUs(Math.ceil(20_000 / count), look(sockDiag));
  const watcher = new Watcher({ history: new History(), observer: sockDiag, intervalMs: 60_000 });
  tuples.forEach((tuple, i) => watcher.watch(String(i), tuple));
  const watched = (await medianUs(Math.ceil(20_000 / count), () => watcher.sampleNow())) / count;
  watcher.stop();
  const ss = await medianUs(5, look(new SsObserver()));
  const proc = await medianUs(5, look(new ProcObserver()));
  close();
  if (count > 1) worst = Math.max(worst, watched);
  const cells = [
    count.toString().padStart(11),
    direct.toFixed(1).padStart(15),
    (direct / count).toFixed(2).padStart(16),
    watched.toFixed(2).padStart(24),
    (ss / direct).toFixed(0).padStart(12),
    (proc / direct).toFixed(0).padStart(15),
  ];
  report(cells.join(''));
}
sockDiag.close();
report(
  `The dearest watched connection of a batch costs ${worst.toFixed(2)} us a sample, both ends; the budget is ${BUDGET_US} us.`,
);
process.exitCode = worst <= BUDGET_US ? 0 : 1;
