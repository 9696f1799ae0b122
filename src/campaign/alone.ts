import type { Step, TestCase } from '../suite/model.ts';
import { withInner } from '../suite/verbs/index.ts';

/** Verbs whose tests measure, or act in more than one place at a time. */
const ALONE: ReadonlySet<Step['verb']> = new Set([
  'churn',
  'burst',
  'parallel',
  'grid',
  'vanish',
  'pause-reading',
  'listen',
  'accept',
]);

/** Expectations that count what the whole device or its host has. */
const COUNTING: ReadonlySet<string> = new Set(['descriptors', 'listening']);

/** Connections of one step from which a test is a load on the device. */
const CROWD = 6;

/** Whether nothing else may act on the device or wait for it while a test is played. */
export function runsAlone(test: TestCase): boolean {
  return test.alone || counts(test) || test.steps.flatMap(withInner).some(isHeavy);
}

/** Whether a test goes by what others find out, so that it waits for those before it. */
export function asksForFindings({ steps }: TestCase): boolean {
  return steps
    .flatMap(withInner)
    .some(
      (step) =>
        step.verb === 'require' &&
        step.require.kind === 'habit' &&
        step.require.habit.name === 'closes-first',
    );
}

/** Whether a test may harm the device, so that nothing that is gentle comes after it. */
export function isDisruptive({ permissions }: TestCase): boolean {
  return permissions.includes('disruptive');
}

/** Whether a test neither harms the device nor needs it to itself. */
export function isGentle(test: TestCase): boolean {
  return !runsAlone(test) && !asksForFindings(test) && !isDisruptive(test);
}

/** Whether a test counts what the device has: it gives way to nobody before it has. */
export function counts({ steps }: TestCase): boolean {
  return steps.flatMap(withInner).some((step) => step.verb === 'expect' && COUNTING.has(step.expect.kind));
}

function isHeavy(step: Step): boolean {
  if (ALONE.has(step.verb)) return true;
  if (step.verb === 'send' || step.verb === 'exchange')
    return (step.drip ?? step.endless ?? step.flood) !== undefined;
  if (step.verb !== 'connect' || step.count === undefined) return false;
  return typeof step.count === 'string' || step.count >= CROWD;
}
