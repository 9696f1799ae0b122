import type { ChurnReport, EngineName } from '../../history/churn/report.ts';
import { failuresOf, imbalance, newTally, type Tally } from '../../history/churn/tally.ts';

/**
 * What can still be said of a churn whose engine failed: what had been counted stands, whatever was under way counts
 * as broken off, and what ended it is a limit of this machine.
 * @param tally the last account of it, which is completed; none where nothing was begun
 * @param why in a clause
 */
export function lostChurn(
  { wanted, engine, durationMs }: { wanted: number; engine: EngineName; durationMs: number },
  why: string,
  tally: Tally = newTally(),
): ChurnReport {
  const failuresBefore = failuresOf(tally);
  const { opening, asking, ending } = imbalance(tally);
  tally.brokenOff.opening += opening;
  tally.brokenOff.asking += asking;
  tally.brokenOff.ending += ending;
  return {
    ...{ engine, wanted, ended: 'limit', why, failuresBefore, tally, durationMs },
    leftAt: [],
    latencies: { before: [], during: [], after: [] },
    lagMs: { before: 0, during: 0, after: 0 },
    examples: [],
    mostOpen: 0,
  };
}
