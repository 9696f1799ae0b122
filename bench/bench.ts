import { rowOf, type Row } from './row.ts';

/** How a benchmark is to be measured. */
export interface Manner {
  /** Pairs for each row. */
  rounds: number;
  /** Less of everything, to see in a minute that it works. */
  quick: boolean;
  /** Takes a sentence about what could not be measured, or only smaller than meant. */
  notice(text: string): void;
}

/** A part of the table. */
export interface Bench {
  /** What `--only` calls it. */
  name: string;
  /** What takes minutes is left out of `--quick`; what takes long is measured only where it is asked for. */
  takes?: 'minutes' | 'long';
  /** Its rows as they come. @throws CyclesLost where a churn lost a cycle; Error where nothing could be measured */
  measure(manner: Manner): AsyncIterable<Row>;
}

/** A churn lost a cycle, or cannot account for one: no matter of speed. */
export class CyclesLost extends Error {
  override name = 'CyclesLost';
}

/** One measurement, in the unit of its row. */
type Measure = () => number | Promise<number>;

/** Measures in turn, ours first, so that whatever else the machine does meets both. */
export async function paired(
  { name, unit, rounds }: { name: string; unit: string; rounds: number },
  ours: Measure,
  other: Measure,
): Promise<Row> {
  const pairs: [number, number][] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push([await ours(), await other()]);
  return rowOf(name, unit, pairs);
}

/** A row of something that was measured once. */
export function once(name: string, unit: string, value: number, against: number): Row {
  return rowOf(name, unit, [[value, against]]);
}

/** ms that it takes. */
export async function msOf(act: () => unknown): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
