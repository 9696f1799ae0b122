import type { FaultMatch, TestResult } from '../../results/results.ts';
import { SIGNATURES } from './signatures.ts';
import { Symptoms } from './symptoms.ts';

/** A fault that was recognised, and the tests that show it. */
export interface Recognised extends FaultMatch {
  tests: TestResult[];
}

/**
 * Names the faults behind the failures of a campaign. Signatures are asked from the most specific to the most
 * general; a failure that one of them explains is not charged again, so that one defect is one accusation.
 */
export function recogniseFaults(tests: readonly TestResult[]): Recognised[] {
  const symptoms = new Symptoms(tests);
  const explained = new Set<TestResult>();
  const found: Recognised[] = [];
  for (const signature of SIGNATURES) {
    const match = signature.match(symptoms);
    if (!match) continue;
    const fresh = match.tests.filter((test) => !explained.has(test));
    if (fresh.length === 0) continue;
    for (const test of match.tests) explained.add(test);
    found.push({ id: signature.id, confidence: match.confidence, tests: match.tests });
  }
  return found;
}
