import type { Step, TestCase } from '../suite/model.ts';
import { withInner } from '../suite/verbs/index.ts';
import { asksForFindings, isDisruptive, isGentle, runsAlone } from './alone.ts';
import type { PlannedTest } from './plan.ts';

/** ms that a step lets pass, from which its test begins before others, which can be played meanwhile. */
const LONG_MS = 3_000;

/**
 * The order in which tests are played, whatever their place in the suites: first the gentle test with which each group
 * begins, which says the most in the least time; then the other gentle ones, which can wait beside each other, those that wait
 * long before the rest; those that need the device to themselves; those that go by what others have found out; and at last what may harm the
 * device.
 */
export function inPlayingOrder(planned: readonly PlannedTest[]): PlannedTest[] {
  const leads = new Map<string, string>();
  for (const { suite, test } of planned)
    if (isGentle(test) && !leads.has(suite.group)) leads.set(suite.group, test.id);
  const rank = ({ suite, test }: PlannedTest): number => {
    if (isDisruptive(test)) return 5;
    if (asksForFindings(test)) return 4;
    if (runsAlone(test)) return 3;
    if (leads.get(suite.group) === test.id) return 0;
    return waitsLong(test) ? 1 : 2;
  };
  return planned.toSorted((a, b) => rank(a) - rank(b));
}

/** Whether a test lets a long time pass, as written or as a parameter has it. */
function waitsLong({ steps }: TestCase): boolean {
  return steps.flatMap(withInner).some((step) => {
    const pause = pauseOf(step);
    return typeof pause === 'string' || (pause !== undefined && pause >= LONG_MS);
  });
}

function pauseOf(step: Step): number | string | undefined {
  // What a device sends of its own accord may never come.
  if (step.verb === 'wait') return [undefined, 'message'].includes(step.until) ? step.for : undefined;
  if (step.verb === 'expect') return step.expect.kind === 'open' ? step.expect.for : undefined;
  return step.verb === 'send' || step.verb === 'exchange' ? step.pause : undefined;
}
