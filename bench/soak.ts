/**
 * A churn of a million connections, 64 at once and looked at: whether it stays as fast as it begins, and what memory
 * it takes.
 */
import type { Tally } from '../src/history/churn/tally.ts';
import { once, type Manner } from './bench.ts';
import { churnOnce, nextAddress } from './churn.ts';
import { compile, startNeutralServer } from './in-c.ts';
import type { Row } from './row.ts';

/** Connections between two samples. */
const STEP = 50_000;

/** How things stood after so many connections. */
interface Sample {
  connections: number;
  ms: number;
  /** The least since the sample before: what garbage adds for a while is no growth. */
  residentMB: number;
}

/** Megabytes that the resident memory may grow by in 100,000 connections. */
const MOST_GROWTH_MB = 1;

/** Connections of the whole. */
const CYCLES = 1_000_000;

/** The rate of the last fifth against that of the second, and the growth of the memory. */
export async function* soakRows({ notice }: Manner): AsyncGenerator<Row> {
  const samples: Sample[] = [];
  let residentMB = Infinity;
  const onProgress = ({ started }: Tally): void => {
    residentMB = Math.min(residentMB, process.memoryUsage.rss() / 1e6);
    if (started < (samples.length + 1) * STEP) return;
    samples.push({ connections: started, ms: performance.now(), residentMB });
    residentMB = Infinity;
  };
  const run = { cycles: CYCLES, concurrency: 64, observed: true, onProgress };
  await withNeutralServer((port) => churnOnce({ address: nextAddress(), port }, run));
  const memory = samples.map((one) => one.residentMB.toFixed(0)).join(', ');
  notice(`Resident memory of the soak every ${STEP.toLocaleString('en')} connections, in MB: ${memory}.`);
  const fifth = Math.floor(samples.length / 5);
  const [early, late] = [samples.slice(fifth, 2 * fifth + 1), samples.slice(-fifth - 1)];
  const name = `soak of ${CYCLES.toLocaleString('en')} cycles`;
  yield once(`${name}, its last fifth against its second`, 'connections/s', rateOf(late), rateOf(early));
  yield once(
    `${name}, growth of memory, against its target`,
    'MB/100,000 cycles',
    growthOf(samples.slice(fifth)),
    MOST_GROWTH_MB,
  );
}

async function withNeutralServer(use: (port: number) => Promise<unknown>): Promise<void> {
  const programs = compile();
  if (typeof programs === 'string') throw new Error(programs);
  const server = await startNeutralServer(programs);
  try {
    await use(server.port);
  } finally {
    server.stop();
    programs.remove();
  }
}

function rateOf(samples: readonly Sample[]): number {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) return NaN;
  return (last.connections - first.connections) / ((last.ms - first.ms) / 1_000);
}

/** Megabytes in 100,000 connections, by linear regression. */
function growthOf(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const x = mean(({ connections }) => connections);
  const y = mean(({ residentMB }) => residentMB);
  const sxy = mean(({ connections, residentMB }) => (connections - x) * (residentMB - y));
  return (sxy / mean(({ connections }) => (connections - x) ** 2)) * 100_000;
}
