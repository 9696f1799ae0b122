import type { Matter, Symptom } from '../history/symptoms.ts';
import { failed, toldBy, undecided, type Concluded } from '../judge/concluded.ts';

/**
 * A step that could not do what it was for. It ends the test; whether it counts against the device depends on
 * whose doing it was.
 */
export class StepFailure extends Error {
  readonly about: Matter;
  readonly expected: string;
  readonly concluded: Concluded;
  readonly connections: readonly string[];

  constructor(about: Matter, expected: string, concluded: Concluded, connections: readonly string[] = []) {
    super(toldBy(concluded));
    this.name = 'StepFailure';
    this.about = about;
    this.expected = expected;
    this.concluded = concluded;
    this.connections = connections;
  }

  /** What speaks against the device; nothing where it is not the device's doing. */
  get symptom(): Symptom | undefined {
    return this.concluded.outcome === 'fail' ? this.concluded.symptom : undefined;
  }
}

/** The device did not do what the step needs. What did not come may only have been slow, and is tried again. */
export function failedStep(
  about: Matter,
  expected: string,
  symptom: Symptom,
  connections: readonly string[] = [],
): StepFailure {
  return new StepFailure(about, expected, failed(symptom, { timing: true }), connections);
}

/** Something of ours kept the step from being played. */
export function unplayedStep(
  expected: string,
  actual: string,
  connections: readonly string[] = [],
): StepFailure {
  return new StepFailure('harness', expected, undecided(actual), connections);
}

/** The harness or the suite is at fault. */
export function brokenStep(expected: string, actual: string): StepFailure {
  return new StepFailure('harness', expected, { outcome: 'error', actual, means: ['descriptor'] });
}

/** Ends a test as not applicable, with the reason; thrown only before its first assertion. */
export class NotApplicable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotApplicable';
  }
}
