import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import type { Tuple } from '../../src/history/facts.ts';
import { History } from '../../src/history/history.ts';
import { queryFor } from '../../src/observe/observer.ts';
import { SockDiagObserver } from '../../src/observe/sockdiag/observer.ts';
import { Watcher } from '../../src/observe/watcher.ts';
import { msOf, paired, type Manner } from '../bench.ts';
import { rowOf, type Row } from '../row.ts';
import { Crowd, mostOfAll } from './crowd.ts';
import { OTHERS } from './others.ts';

/** Sockets in the table that nobody asks about. */
const OTHER_SOCKETS = 50_000;

/** Connections that are looked at, both ends of each. */
const WATCHED = [10, 1_000, 10_000];

/** Where little time is to be spent, the table is so much smaller, and the last of the looks is left out. */
const QUICK_SCALE = 0.1;

/** What two sockets may take of the memory, in bytes, with all that holds them. */
const BYTES_OF_A_CONNECTION = 20_000;

/** us that a sample of a watched connection may take, both ends, history and all. */
const BUDGET_US = 5;

/** Samples of one measurement. */
const SAMPLES = 20;

/** Lookups of one measurement: less is too short to be measured. */
const LEAST_LOOKUPS = 5_000;

/** One look at some connections in a large table, against what one would do without it. */
export async function* lookRows(manner: Manner): AsyncGenerator<Row> {
  const observer = SockDiagObserver.open();
  if ('unavailable' in observer) throw new Error(observer.unavailable);
  const descriptors = mostDescriptors();
  const scale = scaleOf(descriptors, manner);
  const others = new Crowd(descriptors);
  const watched = new Crowd(descriptors);
  try {
    await others.growTo(Math.floor((OTHER_SOCKETS / 2) * scale));
    for (const wanted of manner.quick ? WATCHED.slice(0, -1) : WATCHED) {
      const count = Math.max(1, Math.floor(wanted * (wanted > 1_000 ? scale : 1)));
      await watched.growTo(count);
      const sizes = `${counted(count)} connections among ${counted(others.tuples.length * 2)} other sockets`;
      yield* looksAt(observer, watched.tuples, sizes, manner);
      if (wanted === 1_000) yield await sampleRow(observer, watched.tuples, manner);
    }
  } finally {
    observer.close();
    await Promise.all([others.disperse(), watched.disperse()]);
  }
}

async function* looksAt(
  observer: SockDiagObserver,
  tuples: readonly Tuple[],
  sizes: string,
  { rounds, notice }: Manner,
): AsyncGenerator<Row> {
  const queries = tuples.flatMap((tuple) => [queryFor(tuple, 'ncs'), queryFor(tuple, 'device')]);
  const times = Math.ceil(LEAST_LOOKUPS / queries.length);
  const look = async (): Promise<number> => {
    const ms = await msOf(() => {
      for (let time = 0; time < times; time += 1) observer.lookup(queries);
    });
    return ms / times;
  };
  if (observer.lookup(queries).includes(null)) throw new Error('a connection that is held was not seen');
  for (const [name, other] of Object.entries(OTHERS)) {
    try {
      const row = { name: `a look at ${sizes}, against ${name}`, unit: 'ms', rounds };
      yield await paired(row, look, () => msOf(() => other(tuples)));
    } catch (error) {
      notice(`A look is not compared with ${name}: ${(error as Error).message.split('\n')[0]}.`);
    }
  }
}

/** What the watcher of a test takes for one of many connections. */
async function sampleRow(
  observer: SockDiagObserver,
  tuples: readonly Tuple[],
  { rounds }: Manner,
): Promise<Row> {
  const watcher = new Watcher({ history: new History(), observer, intervalMs: 3_600_000 });
  for (const [index, tuple] of tuples.entries()) watcher.watch(String(index), tuple);
  const pairs: [number, number][] = [];
  const samples = async (): Promise<void> => {
    for (let sample = 0; sample < SAMPLES; sample += 1) await watcher.sampleNow();
  };
  await samples();
  for (let round = 0; round < rounds; round += 1) {
    const ms = await msOf(samples);
    pairs.push([(ms * 1_000) / (SAMPLES * tuples.length), BUDGET_US]);
  }
  watcher.stop();
  return rowOf(
    `a sample of one of ${counted(tuples.length)} watched connections, against its budget`,
    'us',
    pairs,
  );
}

/** By how much everything is made smaller where this machine has no room for it, or no time is to be spent on it. */
function scaleOf(descriptors: number, { quick, notice }: Manner): number {
  const wanted = OTHER_SOCKETS / 2 + Math.max(...WATCHED);
  const byMemory = freemem() / 2 / BYTES_OF_A_CONNECTION;
  const scale = Math.min(1, mostOfAll(descriptors) / wanted, byMemory / wanted);
  if (scale < 1)
    notice(
      `There is room for ${counted(Math.floor(wanted * scale))} connections instead of ${counted(wanted)} (${counted(descriptors)} descriptors a process, ${Math.round(freemem() / 1e6)} MB free): the table is smaller.`,
    );
  return quick ? Math.min(scale, QUICK_SCALE) : scale;
}

/** Descriptors that a process may have; Node takes all that it is allowed. */
function mostDescriptors(): number {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const [, , hard = '1024'] = /^Max open files +(\S+) +(\S+)/m.exec(limits) ?? [];
  return hard === 'unlimited' ? Infinity : Number(hard);
}

function counted(count: number): string {
  return count.toLocaleString('en');
}
