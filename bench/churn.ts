/**
 * Connections a second of a churn, every one accounted for, against a client in C that does the same on the wire and
 * counts nothing: the same neutral server, in turn. Run: npx tsx bench/churn.ts
 */
import { playChurn } from '../src/scenario/churn/play.ts';
import { openObserver } from '../src/observe/choose.ts';
import type { ChurnReport } from '../src/history/churn/report.ts';
import { imbalance, type Tally } from '../src/history/churn/tally.ts';
import type { RequestSeries } from '../src/ncs/churn/requests.ts';
import { encodeMessage } from '../src/wire/encode.ts';
import { heartbeat, mosTime } from '../src/wire/messages.ts';
import { clientInC, compile, startNeutralServer, type NeutralServer, type Programs } from './in-c.ts';
import { lineOf, rowOf, type Row } from './row.ts';

/** Connections of one run, by how many there are at once. */
const CYCLES = new Map([
  [1, 4_000],
  [64, 20_000],
  [512, 20_000],
]);

const WARM_UP = { cycles: 10_000, concurrency: 64, observed: true };

let addresses = 0;

/** Each run calls the server by another address, so that none finds the ports of another still taken. */
export function nextAddress(): string {
  addresses += 1;
  return `127.${1 + (process.pid % 250)}.${addresses >> 8}.${addresses & 255}`;
}

/** A heartbeat, whose messageID counts on. */
export function heartbeats(): RequestSeries {
  const messageNumber = 1_000_000_000;
  const body = heartbeat(mosTime(new Date()));
  const message = { mosID: 'device.mos', ncsID: 'news.ncs', messageID: messageNumber, body };
  const bytes = encodeMessage(message, 'ucs-2be');
  return { name: 'heartbeat', messageNumber, bytes, encoding: 'ucs-2be' };
}

/**
 * One churn against a server that answers each request.
 * @param run.observed whether the sockets of both ends are looked at
 * @throws Error where any cycle is lost or unaccounted
 */
export async function churnOnce(
  remote: { address: string; port: number },
  run: { cycles: number; concurrency: number; observed: boolean; onProgress?: (tally: Tally) => void },
): Promise<ChurnReport> {
  const { cycles, concurrency, observed, onProgress } = run;
  const { observer } = observed ? await openObserver() : { observer: undefined };
  const report = await playChurn(
    {
      ...{ remote, cycles, concurrency, mostOpen: 2 * concurrency + 62, restMs: 0 },
      ...{ timeMs: 3_600_000, atLeast: cycles, connectMs: 5_000, replyMs: 10_000, releaseMs: 5_000 },
      ...{ closes: ['close'], encoding: 'ucs-2be', requests: heartbeats() },
      ...(observer && { lookUp: (ends) => observer.lookup(ends) }),
      signal: new AbortController().signal,
      ...(onProgress && { onProgress }),
    },
    { means: observer?.means },
  );
  observer?.close();
  const { tally } = report;
  const isBalanced = Object.values(imbalance(tally)).every((out) => out === 0);
  if (isBalanced && tally.answered === tally.started && tally.released === tally.started) return report;
  throw new Error(
    `cycles were lost: ${JSON.stringify({ ...tally, why: report.why, examples: report.examples })}`,
  );
}

/** Connections a second. */
function rateOf({ tally, durationMs }: ChurnReport): number {
  return tally.started / (durationMs / 1_000);
}

/**
 * The rows of this benchmark: at each concurrency, with looks at both ends and without, against the client in C.
 * @param rounds how many pairs are measured for each
 */
export async function churnRows(programs: Programs, server: NeutralServer, rounds = 5): Promise<Row[]> {
  const message = heartbeats().bytes;
  const rows: Row[] = [];
  // The first churn starts the thread and is compiled while it runs.
  await churnOnce({ address: nextAddress(), port: server.port }, WARM_UP);
  for (const [concurrency, cycles] of CYCLES) {
    const pairs: Record<'observed' | 'unobserved', [number, number][]> = { observed: [], unobserved: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const how of ['observed', 'unobserved'] as const) {
        const remote = { address: nextAddress(), port: server.port };
        const report = await churnOnce(remote, { cycles, concurrency, observed: how === 'observed' });
        const other = { address: nextAddress(), port: server.port };
        pairs[how].push([rateOf(report), clientInC(programs, other, { message, cycles, concurrency })]);
      }
    }
    for (const how of ['observed', 'unobserved'] as const) {
      rows.push(rowOf(`churn, ${concurrency} at once, ${how}`, 'connections/s', pairs[how]));
    }
  }
  return rows;
}

if (process.argv[1] === import.meta.filename) {
  const programs = compile();
  if (typeof programs === 'string') process.stdout.write(`The churn is not compared: ${programs}.\n`);
  else {
    const server = await startNeutralServer(programs);
    try {
      for (const row of await churnRows(programs, server)) process.stdout.write(`${lineOf(row)}\n`);
    } finally {
      server.stop();
      programs.remove();
    }
  }
}
