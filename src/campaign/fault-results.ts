import type { PortName } from '../history/facts.ts';
import type { FaultResult, PortHabits, Results, TestResult } from '../results/results.ts';
import { faultOf } from '../faults/catalogue.ts';
import { recogniseFaults } from '../faults/recognise.ts';

/** Names the faults of a campaign, enters them into the tests that show them, and explains them. */
export function nameFaults(
  results: readonly TestResult[],
  habits: Partial<Record<PortName, PortHabits>>,
): Pick<Results, 'faults' | 'unexplained'> {
  const { faults, unexplained } = recogniseFaults(results, habits);
  return {
    faults: faults.map(({ tests, ...match }): FaultResult => {
      const { title, explanation, remedy } = faultOf(match.id);
      for (const test of tests) if (!test.faults.some((one) => one.id === match.id)) test.faults.push(match);
      return { ...match, title, explanation, remedy, tests: tests.map((test) => test.key) };
    }),
    unexplained: unexplained.map((test) => test.key),
  };
}
