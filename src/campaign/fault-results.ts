import type { FaultResult, TestRecord } from '../results/results.ts';
import { FAULTS } from '../verdict/faults/catalogue.ts';
import { recogniseFaults } from '../verdict/matching/match.ts';

/** Names the faults of a campaign, enters them into the tests that show them, and explains them. */
export function nameFaults(records: readonly TestRecord[]): FaultResult[] {
  return recogniseFaults(records.map((record) => record.result)).map(({ tests, ...match }) => {
    const entry = FAULTS.get(match.id);
    for (const test of tests) if (!test.faults.some((one) => one.id === match.id)) test.faults.push(match);
    return {
      ...match,
      title: entry?.title ?? match.id,
      explanation: entry?.explanation ?? '',
      remedy: entry?.remedy ?? '',
      tests: tests.map((test) => test.key),
    };
  });
}
