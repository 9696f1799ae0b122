import type { FaultMatch, TestResult } from '../../results/results.ts';
import { MESSAGE_SIGNATURES } from './message-signatures.ts';
import { CHURN_SIGNATURES } from './churn-signatures.ts';
import { ACCEPT_SIGNATURES, OWN_CLOSE_SIGNATURES, RECONNECT_SIGNATURES } from './reconnect-signatures.ts';
import { RELEASE_SIGNATURES } from './release-signatures.ts';
import { SERVICE_SIGNATURES } from './service-signatures.ts';
import type { Symptoms } from './symptoms.ts';
import { WIRE_SIGNATURES } from './wire-signatures.ts';

/** The tests that a fault explains and how sure that is. */
export interface Match {
  confidence: FaultMatch['confidence'];
  tests: TestResult[];
  /** Other assertions of these tests fail than those that show another fault: it is named although the tests are explained. */
  beside?: true;
}

/** How one fault shows in a campaign. */
export interface Signature {
  /** The fault's name in the catalogue. */
  id: string;
  /** Nothing where the pattern is not there. */
  match(symptoms: Symptoms): Match | undefined;
}

/** Every signature, the most specific first. */
export const SIGNATURES: readonly Signature[] = [
  ...ACCEPT_SIGNATURES,
  ...OWN_CLOSE_SIGNATURES,
  ...RELEASE_SIGNATURES,
  ...SERVICE_SIGNATURES,
  ...RECONNECT_SIGNATURES,
  ...CHURN_SIGNATURES,
  ...WIRE_SIGNATURES,
  ...MESSAGE_SIGNATURES,
];
