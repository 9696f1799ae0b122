import type { AssertionResult, TestResult } from '../../results/results.ts';
import { failures } from './symptoms.ts';

/** What a failure is called that fits no known pattern: a general fault, told by what was asserted. */
export interface GeneralSignature {
  /** The fault's name in the catalogue. */
  id: string;
  /** Whether it covers a failure that nothing more precise explains. */
  covers(test: TestResult): boolean;
}

function someFailure(test: TestResult, fits: (assertion: AssertionResult) => boolean): boolean {
  return failures(test).some(fits);
}

function about(test: TestResult, prefix: string): boolean {
  return someFailure(test, (one) => one.requirement.startsWith(prefix));
}

/** Asked in this order for every failure that is left over. */
export const GENERAL_SIGNATURES: readonly GeneralSignature[] = [
  {
    id: 'leak-under-churn',
    covers: (test) =>
      about(test, 'SOCK-CH') && failures(test).some((one) => /left|stand|FIN_WAIT_2/.test(one.actual)),
  },
  { id: 'loses-replies', covers: (test) => about(test, 'SOCK-CH') },
  { id: 'close-wait-leak', covers: (test) => failures(test, 'release').length > 0 },
  { id: 'exits-on-abort-burst', covers: (test) => test.id === 'AB-04' },
  { id: 'exits-on-reset', covers: (test) => about(test, 'SOCK-AB') },
  {
    id: 'does-not-accept',
    covers: (test) => someFailure(test, (one) => one.actual.includes('ECONNREFUSED')),
  },
  { id: 'disturbed-by-idle-connections', covers: (test) => test.id === 'CON-03' },
  { id: 'not-serving', covers: (test) => about(test, 'SOCK-CON') },
  { id: 'stops-serving', covers: (test) => about(test, 'SOCK-') },
];
