import type { PortName } from '../history/facts.ts';
import { requirement } from '../requirements/catalogue.ts';
import type { Level } from '../results/verdict.ts';
import type { Suite, TestCase } from '../suite/model.ts';
import { definitionOf, type Step } from '../suite/verbs/index.ts';
import { declaredPorts, portsOf } from '../scenario/ports.ts';
import type { Target } from '../subject/target.ts';

/** One test on one port, as a campaign will play it. */
export interface PlannedTest {
  suite: Suite;
  test: TestCase;
  /** Absent for a test that names its ports itself. */
  port?: PortName;
  /** Why the test is not selected; absent where it is. */
  leftOut?: string;
}

/** `REL-02@lower`, or the bare ID of a test that runs once. */
export function keyOf(planned: PlannedTest): string {
  return planned.port === undefined ? planned.test.id : `${planned.test.id}@${planned.port}`;
}

const LEVELS: readonly Level[] = ['must', 'should', 'may'];

/** The strongest level among the requirements that a test covers. */
export function levelOfTest(test: TestCase): Level {
  return LEVELS.find((level) => test.covers.some((id) => requirement(id).level === level)) ?? 'must';
}

/**
 * Expands tests to the ports they run on: each declared one, the named ones that are declared, or once.
 * @param whyNot says why a test is not selected on a port
 */
export function planTests(
  suites: readonly Suite[],
  target: Target,
  whyNot: (test: TestCase, port?: PortName) => string | undefined = () => undefined,
): PlannedTest[] {
  const declared = declaredPorts(target);
  const plan = (suite: Suite, test: TestCase, port?: PortName): PlannedTest => {
    const leftOut = whyNot(test, port);
    return { suite, test, ...(port !== undefined && { port }), ...(leftOut !== undefined && { leftOut }) };
  };
  return suites.flatMap((suite) =>
    suite.tests.flatMap((test): PlannedTest[] => {
      if (test.each === 'once') return [plan(suite, test)];
      return portsOf(test, declared).map((port) => plan(suite, test, port));
    }),
  );
}

/** About how many connections one playing of these steps opens, probes included; for the announcement. */
export function connectionsOf(steps: readonly Step[], target: Target): number {
  const number = (value: number | string): number =>
    typeof value === 'number' ? value : target.maxConnections;
  return steps.reduce((sum, step) => {
    const { inside, rounds, opens, choice } = definitionOf(step);
    const inner = (inside?.(step) ?? []).map((list) => connectionsOf(list.steps as Step[], target));
    const once = choice ? Math.max(0, ...inner) : inner.reduce((all, one) => all + one, 0);
    return sum + (opens?.(step, number) ?? 0) + once * number(rounds?.(step) ?? 1);
  }, 0);
}
