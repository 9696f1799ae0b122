import { asksForFindings, isDisruptive, isGentle, runsAlone } from './alone.ts';
import type { PlannedTest } from './plan.ts';

/**
 * The order in which tests are played, whatever their place in the suites: first the gentle test with which each group
 * begins, which says the most in the least time; then the other gentle ones, which can wait beside each other; those
 * that need the device to themselves; those that go by what others have found out; and at last what may harm the
 * device.
 */
export function inPlayingOrder(planned: readonly PlannedTest[]): PlannedTest[] {
  const leads = new Map<string, string>();
  for (const { suite, test } of planned)
    if (isGentle(test) && !leads.has(suite.group)) leads.set(suite.group, test.id);
  const rank = ({ suite, test }: PlannedTest): number => {
    if (isDisruptive(test)) return 4;
    if (asksForFindings(test)) return 3;
    if (runsAlone(test)) return 2;
    return leads.get(suite.group) === test.id ? 0 : 1;
  };
  return planned.toSorted((a, b) => rank(a) - rank(b));
}
