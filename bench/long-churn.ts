/**
 * A churn of a million connections, 64 at once and looked at: whether it stays as fast as it begins, and what memory
 * it takes. Run: npx tsx bench/long-churn.ts
 */
import type { Tally } from '../src/history/churn/tally.ts';
import { churnOnce, nextAddress } from './churn.ts';
import { compile, startNeutralServer, type NeutralServer } from './in-c.ts';
import { lineOf, type Row } from './row.ts';

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

/** The rows of this benchmark: the rate of the last fifth against that of the second, and the growth of the memory. */
export async function longChurnRows(
  { port }: NeutralServer,
  cycles = 1_000_000,
): Promise<{ rows: Row[]; samples: Sample[] }> {
  const samples: Sample[] = [];
  let residentMB = Infinity;
  const onProgress = ({ started }: Tally): void => {
    residentMB = Math.min(residentMB, process.memoryUsage.rss() / 1e6);
    if (started < (samples.length + 1) * STEP) return;
    samples.push({ connections: started, ms: performance.now(), residentMB });
    residentMB = Infinity;
  };
  await churnOnce({ address: nextAddress(), port }, { cycles, concurrency: 64, observed: true, onProgress });
  const fifth = Math.floor(samples.length / 5);
  const early = rateOf(samples.slice(fifth, 2 * fifth + 1));
  const late = rateOf(samples.slice(-fifth - 1));
  const growth = growthOf(samples.slice(fifth));
  const one = (name: string, value: number, unit: string, against: number): Row => {
    const ratio = value / against;
    return { name, value, unit, against, ratio, spread: [ratio, ratio] };
  };
  const name = `churn of ${cycles.toLocaleString('en')}, 64 at once, observed`;
  return {
    rows: [
      one(`${name}: last fifth against second`, late, 'connections/s', early),
      one(`${name}: growth of memory`, growth, 'MB/100,000', MOST_GROWTH_MB),
    ],
    samples,
  };
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

if (process.argv[1] === import.meta.filename) {
  const programs = compile();
  if (typeof programs === 'string') process.stdout.write(`Nothing is measured: ${programs}.\n`);
  else {
    const server = await startNeutralServer(programs);
    try {
      const { rows, samples } = await longChurnRows(server);
      const memory = samples.map(({ residentMB }) => residentMB.toFixed(0)).join(' ');
      process.stdout.write(`resident MB every ${STEP.toLocaleString('en')}: ${memory}\n`);
      for (const row of rows) process.stdout.write(`${lineOf(row)}\n`);
    } finally {
      server.stop();
      programs.remove();
    }
  }
}
