import { CyclesLost, type Bench, type Manner } from './bench.ts';
import { lineOf, type Row } from './row.ts';

const ROUNDS = 5;
const QUICK_ROUNDS = 3;

/** What came of the benchmarks. */
export interface Measured {
  rows: Row[];
  /** Sentences about what could not be measured, or only smaller than meant. */
  notices: string[];
  /** Whether something could not be measured; of a quick measurement, whether a cycle was lost. */
  failed: boolean;
}

/**
 * Measures one after the other; what fails does not keep the others from being measured.
 * @param say takes each row and each notice as it comes, as a sentence
 */
export async function measureAll(
  benches: readonly Bench[],
  { quick, say }: { quick: boolean; say: (text: string) => void },
): Promise<Measured> {
  const measured: Measured = { rows: [], notices: [], failed: false };
  const notice = (text: string): void => {
    measured.notices.push(text);
    say(text);
  };
  const manner: Manner = { rounds: quick ? QUICK_ROUNDS : ROUNDS, quick, notice };
  for (const { name, measure } of benches) {
    try {
      for await (const row of measure(manner)) {
        measured.rows.push(row);
        say(lineOf(row));
      }
    } catch (error) {
      measured.failed ||= !quick || error instanceof CyclesLost;
      notice(`The rows of ${name} are not complete: ${(error as Error).message}.`);
    }
  }
  return measured;
}
