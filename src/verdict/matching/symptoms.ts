import type { AssertionResult, CloseOutcome, TestResult } from '../../results/results.ts';
import type { PortName } from '../../history/facts.ts';

/** The results of a campaign, arranged for recognising faults: what failed, where, and how connections ended. */
export class Symptoms {
  readonly tests: readonly TestResult[];

  constructor(tests: readonly TestResult[]) {
    this.tests = tests.filter((test) => test.applicability === 'selected' && test.verdict !== 'none');
  }

  /** The runs of these tests, on one port or on all. */
  of(ids: readonly string[], port?: PortName): TestResult[] {
    return this.tests.filter((test) => ids.includes(test.id) && (port === undefined || test.port === port));
  }

  /** The runs of these tests that failed, remarks included. */
  failed(ids: readonly string[], port?: PortName): TestResult[] {
    return this.of(ids, port).filter((test) => test.verdict === 'fail');
  }

  /** Whether some run of one of these tests failed. */
  fails(ids: readonly string[], port?: PortName): boolean {
    return this.failed(ids, port).length > 0;
  }

  /** Whether every one of these tests that ran passed, and at least one did. */
  passes(ids: readonly string[], port?: PortName): boolean {
    const runs = this.of(ids, port);
    return runs.length > 0 && runs.every((test) => test.verdict === 'pass');
  }

  /** Whether none of these tests failed; holds also where none ran. */
  clean(ids: readonly string[], port?: PortName): boolean {
    return !this.fails(ids, port);
  }

  /** The ports on which something ran. */
  get ports(): PortName[] {
    return [...new Set(this.tests.flatMap((test) => test.port ?? []))];
  }
}

/** Failed assertions of a test, those that say something of the release only, or of serving only. */
export function failures(test: TestResult, about?: 'release' | 'serving'): AssertionResult[] {
  return test.assertions.filter((one) => {
    if (one.outcome !== 'fail') return false;
    if (about === 'serving') return one.connections.includes('probe');
    return about === undefined || one.expected.startsWith('released');
  });
}

/** How many connections of a test ended in one of these ways. */
export function endings(test: TestResult, outcomes: readonly CloseOutcome[]): number {
  return test.connections.filter((one) => outcomes.includes(one.outcome)).length;
}

/** Runs of these tests after which the device held more descriptors than it should. */
export function keptDescriptors(symptoms: Symptoms, ids: readonly string[]): TestResult[] {
  return symptoms
    .failed(ids)
    .filter((test) => failures(test).some((one) => one.expected.includes('descriptors')));
}
