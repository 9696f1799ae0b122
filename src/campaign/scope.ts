import { keyOf, levelOfTest, type PlannedTest } from './plan.ts';

/**
 * What a full campaign needs and this one leaves out: the must-tests of the built-in suites, soak aside, that
 * were not selected. Each is one sentence.
 * @param planned what is played and what was left out of the suites that were read
 * @param builtin all tests of the built-in suites, which matter where other suites are run instead
 */
export function leftOutOf(planned: readonly PlannedTest[], builtin: readonly PlannedTest[]): string[] {
  const selected = new Set(planned.filter((one) => one.leftOut === undefined).map(keyOf));
  const reasons = new Map(planned.map((one) => [keyOf(one), one.leftOut]));
  return builtin
    .filter(({ test }) => test.tier !== 'soak' && levelOfTest(test) === 'must')
    .filter((one) => !selected.has(keyOf(one)))
    .map(
      (one) =>
        `${keyOf(one)} (${one.test.title}): ${reasons.get(keyOf(one)) ?? 'its suite was not selected'}`,
    );
}
