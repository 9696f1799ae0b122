import type { FaultMatch, TestResult } from '../../results/results.ts';
import { GENERAL_SIGNATURES } from './general-signatures.ts';
import { SIGNATURES } from './signatures.ts';
import { Symptoms } from './symptoms.ts';

/** A fault that was recognised, and the tests that show it. */
export interface Recognised extends FaultMatch {
  tests: TestResult[];
}

/**
 * Names the faults behind the failures of a campaign. Signatures are asked from the most specific to the most
 * general; a failure that one of them explains is not charged again, so that one defect is one accusation, unless the signature
 * reads it from other assertions. What
 * is left over of the musts gets a general name; beside a recognised fault it counts as its consequence.
 */
export function recogniseFaults(tests: readonly TestResult[]): Recognised[] {
  const symptoms = new Symptoms(tests);
  const explained = new Set<TestResult>();
  const found: Recognised[] = [];
  for (const signature of SIGNATURES) {
    const match = signature.match(symptoms);
    if (!match) continue;
    const fresh = match.tests.filter((test) => !explained.has(test));
    if (fresh.length === 0 && !match.beside) continue;
    for (const test of match.tests) explained.add(test);
    const known = found.find(({ id }) => id === signature.id);
    if (known) known.tests = [...new Set([...known.tests, ...match.tests])];
    else found.push({ id: signature.id, confidence: match.confidence, tests: match.tests });
  }
  const left = symptoms.tests.filter(
    (test) => test.verdict === 'fail' && test.level === 'must' && !explained.has(test),
  );
  return [...found, ...generalNames(left, found)];
}

/** General names for failures that no pattern explains. */
function generalNames(left: readonly TestResult[], found: readonly Recognised[]): Recognised[] {
  const named = new Map<string, TestResult[]>();
  for (const test of left) {
    const general = GENERAL_SIGNATURES.find((one) => one.covers(test));
    if (!general) continue;
    const known = named.get(general.id);
    if (known) known.push(test);
    else named.set(general.id, [test]);
  }
  return [...named].flatMap(([id, tests]): Recognised[] => {
    const known = found.find((one) => one.id === id);
    if (known) {
      known.tests.push(...tests);
      return [];
    }
    const cause = found.find(({ tests: own }) => own.some((one) => one.level === 'must'));
    return [{ id, confidence: 'possible', tests, ...(cause && { consequenceOf: cause.id }) }];
  });
}
