import type { AssertionResult } from '../results/results.ts';

/**
 * A step that could not do what it was for. It ends the test; whether it counts against the device depends on
 * whose doing it was.
 */
export class StepFailure extends Error {
  readonly outcome: Exclude<AssertionResult['outcome'], 'pass' | 'not observable'>;
  readonly expected: string;
  readonly connections: string[];

  constructor(outcome: StepFailure['outcome'], expected: string, actual: string, connections: string[] = []) {
    super(actual);
    this.name = 'StepFailure';
    this.outcome = outcome;
    this.expected = expected;
    this.connections = connections;
  }
}

/** Ends a test as not applicable, with the reason; thrown only before its first assertion. */
export class NotApplicable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotApplicable';
  }
}
