import type { FaultMatch, TestResult } from '../../results/results.ts';
import type { Match } from './signatures.ts';

/** What a signature found; nothing where no test shows it. */
export function match(
  tests: readonly TestResult[],
  confidence: FaultMatch['confidence'] = 'certain',
): Match | undefined {
  return tests.length > 0 ? { confidence, tests: [...tests] } : undefined;
}

/** A fault that these tests leave no doubt of. */
export function certain(tests: readonly TestResult[]): Match | undefined {
  return match(tests, 'certain');
}

/** A fault that explains these tests better than any other. */
export function likely(tests: readonly TestResult[]): Match | undefined {
  return match(tests, 'likely');
}
