import type { FaultMatch, PortHabits, TestResult } from '../results/results.ts';
import type { PortName } from '../history/facts.ts';
import type { FaultName } from './catalogue.ts';
import { Evidence, isMust, isRelease, type Failure } from './evidence.ts';
import { GRID, LEFT_BY_ANY } from './scenarios.ts';
import { SIGNATURES } from './signatures.ts';

/** A fault that was recognised, and the tests that show it. */
export interface Recognised extends FaultMatch {
  id: FaultName;
  tests: TestResult[];
}

/** What the failures of a campaign say. */
export interface Diagnosis {
  faults: Recognised[];
  /** Failed tests of which no known fault explains every failure of a must. */
  unexplained: TestResult[];
}

/**
 * Names the faults behind the failures of a campaign. Signatures are asked family by family, the more specific before
 * the more general; a failure that one of them explains is not charged again, so that one defect is one accusation. What
 * nothing explains stays a failure without a name.
 */
export function recogniseFaults(
  tests: readonly TestResult[],
  habits: Partial<Record<PortName, PortHabits>> = {},
): Diagnosis {
  const evidence = new Evidence(tests, habits);
  const explained = new Set<Failure>();
  const found = new Map<FaultName, Recognised>();
  for (const { fault, find } of SIGNATURES) {
    const finding = find(evidence);
    if (!finding?.failures.some((one) => !explained.has(one))) continue;
    const seen = finding.failures;
    const failures = [...new Set([...seen, ...leftBySame(evidence, seen), ...sameInGrids(evidence, seen)])];
    for (const one of failures) explained.add(one);
    enter(found, fault, finding.confidence, failures);
  }
  return { faults: [...found.values()], unexplained: unexplainedIn(evidence, explained) };
}

/** What other tests have left behind on a port where a fault is seen to keep connections is its doing as well. */
function leftBySame(evidence: Evidence, failures: readonly Failure[]): Failure[] {
  const ports = new Set(failures.filter(isRelease).map(({ test }) => test.port));
  return evidence.failures(isRelease, LEFT_BY_ANY).filter(({ symptom }) => ports.has(symptom.port));
}

/** A grid tries everything: where it meets what other tests have found on the same port, it is the same. */
function sameInGrids(evidence: Evidence, failures: readonly Failure[]): Failure[] {
  const known = new Set(failures.map(({ test, requirement }) => `${test.port} ${requirement}`));
  return evidence.failures(
    ({ test, requirement }) => test.group === GRID && known.has(`${test.port} ${requirement}`),
  );
}

function enter(
  found: Map<FaultName, Recognised>,
  id: FaultName,
  confidence: FaultMatch['confidence'],
  failures: readonly Failure[],
): void {
  const tests = failures.map(({ test }) => test);
  const known = found.get(id);
  if (known) known.tests = [...new Set([...known.tests, ...tests])];
  else found.set(id, { id, confidence, tests: [...new Set(tests)] });
}

function unexplainedIn(evidence: Evidence, explained: ReadonlySet<Failure>): TestResult[] {
  const left = evidence.failures(isMust).filter((failure) => !explained.has(failure));
  return [...new Set(left.map(({ test }) => test))];
}
