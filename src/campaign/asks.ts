import { ANSWERS } from '../scenario/steps/expect.ts';
import type { Step, TestCase } from '../suite/model.ts';
import { withInner } from '../suite/verbs/index.ts';

/** Verbs for which the device has to say something. */
const ASKING: ReadonlySet<Step['verb']> = new Set(['exchange', 'receive', 'accept', 'answer', 'listen']);

/** Expectations about what the device says. */
const ABOUT_ANSWERS: ReadonlySet<string> = new Set([
  'answered',
  'no',
  'path',
  'check',
  'own',
  'never',
  'churn',
]);

/** Whether a test is about nothing that a device without a word would show. */
export function needsAnswers({ steps }: TestCase): boolean {
  return steps.flatMap(withInner).some((step) => {
    if (ASKING.has(step.verb)) return true;
    if (step.verb === 'churn') return step.message !== 'none';
    if (step.verb === 'require')
      return step.require.kind === 'habit' && step.require.habit.name === 'answers';
    if (step.verb !== 'expect') return false;
    if (step.expect.kind === 'serving') return step.covers.some((id) => ANSWERS.has(id));
    return ABOUT_ANSWERS.has(step.expect.kind);
  });
}
