import type { PortName } from '../history/facts.ts';
import { rootOf, type Matter, type Symptom, type SymptomCode } from '../history/symptoms.ts';
import type { CloseOutcome } from '../results/outcome.ts';
import type { AssertionResult, PortHabits, TestResult } from '../results/results.ts';

/** One failed assertion of a test: what signatures read. */
export interface Failure {
  test: TestResult;
  assertion: AssertionResult;
  /** What was seen; for a port that does not serve, what became of the last attempt. */
  symptom: Symptom;
  about: Matter;
  requirement: string;
}

/** Whether a failure is of the kind that is meant. */
export type Fits = (failure: Failure) => boolean;

/**
 * The failures of a campaign, arranged for recognising faults. Only built-in tests count: of what a test of somebody
 * else asks, and of what it is called, nothing follows.
 */
export class Evidence {
  readonly tests: readonly TestResult[];
  readonly habits: Partial<Record<PortName, PortHabits>>;
  readonly #failures: readonly Failure[];
  readonly #byTest = new Map<string, TestResult[]>();

  constructor(tests: readonly TestResult[], habits: Partial<Record<PortName, PortHabits>> = {}) {
    this.tests = tests.filter(
      ({ origin, applicability, verdict }) =>
        origin === 'built in' && applicability === 'selected' && verdict !== 'none',
    );
    this.habits = habits;
    this.#failures = this.tests.flatMap(failuresOf);
    for (const test of this.tests) {
      const runs = this.#byTest.get(test.id);
      if (runs) runs.push(test);
      else this.#byTest.set(test.id, [test]);
    }
  }

  /** The runs of these tests, on one port or on all. */
  runs(ids: readonly string[], port?: PortName): TestResult[] {
    const runs = ids.flatMap((id) => this.#byTest.get(id) ?? []);
    return port === undefined ? runs : runs.filter((test) => test.port === port);
  }

  /** The failures of these tests, remarks included, and of every test where none are named. */
  failures(fits: Fits = () => true, ids?: readonly string[], port?: PortName): Failure[] {
    return this.#failures.filter(
      (failure) =>
        (ids === undefined || ids.includes(failure.test.id)) &&
        (port === undefined || failure.test.port === port) &&
        fits(failure),
    );
  }

  /** All failures of these tests. */
  of(ids: readonly string[], port?: PortName): Failure[] {
    return this.failures(undefined, ids, port);
  }

  /** Whether some run of one of these tests failed. */
  fails(ids: readonly string[], port?: PortName): boolean {
    return this.of(ids, port).length > 0;
  }

  /** Whether some run of one of these tests failed in that way. */
  shows(ids: readonly string[], fits: Fits): boolean {
    return this.failures(fits, ids).length > 0;
  }

  /** Whether every one of these tests that ran passed, and at least one did. */
  passes(ids: readonly string[], port?: PortName): boolean {
    const runs = this.runs(ids, port);
    return runs.length > 0 && runs.every((test) => test.verdict === 'pass');
  }

  /** Failures that fit, of tests that began before the first run of one of these. */
  failuresBefore(ids: readonly string[], fits: Fits): Failure[] {
    const firstUs = Math.min(...this.runs(ids).map(({ startedUs }) => startedUs));
    return this.failures(fits).filter(({ test }) => test.startedUs < firstUs);
  }

  /** How many connections the tests before this one have opened. */
  connectionsBefore({ startedUs }: TestResult): number {
    return this.tests
      .filter((test) => test.startedUs < startedUs)
      .reduce((sum, { connections }) => sum + connections.length, 0);
  }

  /** The ports on which something ran. */
  get ports(): PortName[] {
    return [...new Set(this.tests.flatMap((test) => test.port ?? []))];
  }
}

function failuresOf(test: TestResult): Failure[] {
  if (test.verdict !== 'fail') return [];
  return test.assertions.flatMap((assertion): Failure[] => {
    if (assertion.outcome !== 'fail' || !assertion.symptom) return [];
    const { about, requirement } = assertion;
    return [{ test, assertion, symptom: rootOf(assertion.symptom), about, requirement }];
  });
}

/** A failure with one of these symptoms. */
export function code(...codes: readonly SymptomCode[]): Fits {
  return ({ symptom }) => codes.includes(symptom.code);
}

/** The sum of some figures of a symptom; 0 where it has none of these names. */
export function figure({ figures }: Symptom, ...names: readonly string[]): number {
  const known = figures as Readonly<Record<string, number>>;
  return names.reduce((sum, name) => sum + (known[name] ?? 0), 0);
}

/** Failures that fit all of these. */
export function all(...fits: readonly Fits[]): Fits {
  return (failure) => fits.every((one) => one(failure));
}

/** Failures that fit one of these. */
export function any(...fits: readonly Fits[]): Fits {
  return (failure) => fits.some((one) => one(failure));
}

/** Failures that do not fit. */
export function not(fits: Fits): Fits {
  return (failure) => !fits(failure);
}

/** A port no longer serves. */
export const isServing: Fits = ({ about }) => about === 'serving';

/** A connection was not released in time, or left something behind. */
export const isRelease: Fits = ({ about, symptom }) =>
  ['never-closed', 'never-accepted', 'left-behind'].includes(symptom.code) ||
  (about === 'release' && symptom.code === 'late');

/** The device kept silent, or its application did not take the connection. */
export const isSilent: Fits = code('no-reply', 'not-accepted', 'no-handshake');

/** The device took the connection and ended it instead of answering. */
export const isTurnedAway: Fits = code('closed-instead', 'reset-instead', 'not-sent', 'closed-unasked');

/** Nobody listens on the port. */
export const isRefused: Fits = code('refused');

/** Nobody listens any more. */
export const isDead: Fits = all(isServing, isRefused);

/** What was asked was not answered, in whatever way. */
export const isUnanswered: Fits = code(
  'no-reply',
  'partial-reply',
  'closed-instead',
  'reset-instead',
  'not-sent',
);

/** Groups of tests in which connections, and not messages, are what is tested. */
const CONNECTION_GROUPS = ['CON', 'REL', 'HC', 'DC', 'RC', 'ST', 'CH', 'AB', 'LANE', 'GRID'];

/** Somebody waits in vain in a test of connections: whoever lets one connection hold up others shows it there. */
export const isHeldUp: Fits = (failure) =>
  isSilent(failure) && CONNECTION_GROUPS.includes(failure.test.group);

/** The answer came where nobody had asked. */
export const isAstray: Fits = ({ about, symptom }) =>
  symptom.code === 'answered-on-older' ||
  symptom.code === 'answered-on-newer' ||
  (about === 'silence' && symptom.code === 'unwanted-message');

/** A message was not understood; that a port no longer serves, or a connection stays, is another matter. */
export const isMisread: Fits = ({ about }) => about !== 'serving' && about !== 'release';

/** A must was broken: anything less is a remark. */
export const isMust: Fits = ({ assertion }) => assertion.level === 'must';

/** The device held more descriptors than it should. */
export const keepsDescriptors: Fits = code('descriptors-kept');

/** How many connections of a test ended in one of these ways. */
export function endings(test: TestResult, outcomes: readonly CloseOutcome[]): number {
  return test.connections.filter((one) => outcomes.includes(one.outcome)).length;
}
