import { nowUs } from '../history/clock.ts';
import type { TestResult } from '../results/results.ts';

/** What the result of any test says before it is played. */
export function unplayedYet(
  seed: number,
): Pick<
  TestResult,
  | 'applicability'
  | 'verdict'
  | 'reason'
  | 'faults'
  | 'startedUs'
  | 'durationMs'
  | 'assertions'
  | 'connections'
  | 'evidence'
  | 'seed'
> {
  return {
    applicability: 'selected',
    verdict: 'none',
    reason: '',
    faults: [],
    startedUs: nowUs(),
    durationMs: 0,
    assertions: [],
    connections: [],
    evidence: [],
    seed,
  };
}
