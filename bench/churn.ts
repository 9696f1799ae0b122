/**
 * Connections a second of a churn, every one accounted for, against a client in C that does the same on the wire and
 * counts nothing: the same neutral server, in turn.
 */
import { playChurn } from '../src/scenario/churn/play.ts';
import { openObserver } from '../src/observe/choose.ts';
import type { ChurnReport } from '../src/history/churn/report.ts';
import { imbalance, type Tally } from '../src/history/churn/tally.ts';
import type { RequestSeries } from '../src/ncs/churn/requests.ts';
import { encodeMessage } from '../src/wire/encode.ts';
import { heartbeat, mosTime } from '../src/wire/messages.ts';
import { CyclesLost, paired, type Manner } from './bench.ts';
import { startEcho } from './start-echo.ts';
import {
  clientInC,
  compile,
  startNeutralServer,
  withApacheBench,
  type NeutralServer,
  type Programs,
} from './in-c.ts';
import type { Row } from './row.ts';

/** Connections of one run, by how many there are at once. */
const CYCLES = new Map([
  [1, 4_000],
  [64, 20_000],
  [512, 20_000],
]);

/** A quick measurement has this part of them. */
const QUICK_PART = 4;

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
 * @throws CyclesLost where any cycle is lost or unaccounted
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
  throw new CyclesLost(
    `cycles were lost: ${JSON.stringify({ ...tally, why: report.why, examples: report.examples })}`,
  );
}

/** Connections a second. */
function rateOf({ tally, durationMs }: ChurnReport): number {
  return tally.started / (durationMs / 1_000);
}

/**
 * At each concurrency, with looks at both ends and without, against the client in C and, where it is installed, ab.
 * Without a compiler the churn is run once, for its accounts alone.
 */
export async function* churnRows(manner: Manner): AsyncGenerator<Row> {
  const programs = compile();
  if (typeof programs === 'string') {
    manner.notice(`The churn is not compared: ${programs}.`);
    const { remote, stop } = await startEcho();
    return void (await churnOnce(remote, WARM_UP).finally(stop));
  }
  const server = await startNeutralServer(programs);
  try {
    yield* pairedRows(programs, server, manner);
  } finally {
    server.stop();
    programs.remove();
  }
}

async function* pairedRows(
  programs: Programs,
  { port }: NeutralServer,
  { rounds, quick, notice }: Manner,
): AsyncGenerator<Row> {
  const message = heartbeats().bytes;
  const fresh = (): { address: string; port: number } => ({ address: nextAddress(), port });
  // The first churn starts the thread and is compiled while it runs.
  await churnOnce(fresh(), WARM_UP);
  const hasAb = withApacheBench(fresh(), { cycles: 1, concurrency: 1 }) !== undefined;
  if (!hasAb) notice('The churn is not compared with ab, which is not installed.');
  for (const [concurrency, most] of CYCLES) {
    const cycles = quick ? most / QUICK_PART : most;
    for (const how of ['observed', 'unobserved'] as const) {
      const run = { cycles, concurrency, observed: how === 'observed' };
      const ours = async (): Promise<number> => rateOf(await churnOnce(fresh(), run));
      const name = `churn, ${concurrency} at once, ${how}`;
      const inUnits = { unit: 'connections/s', rounds };
      yield await paired({ name, ...inUnits }, ours, () =>
        clientInC(programs, fresh(), { message, cycles, concurrency }),
      );
      if (!hasAb) continue;
      yield await paired(
        { name: `${name}, against ab`, ...inUnits },
        ours,
        () => withApacheBench(fresh(), { cycles, concurrency }) ?? Number.NaN,
      );
    }
  }
}
