import { completeExpectation, endsOf, EXPECTATION, usesOf, type Expectation } from '../expectations/index.ts';
import { verb } from './verb.ts';

/** `expect`: what must hold. */
export const expect = verb({
  does: 'waits until something holds, is refuted for good, or its time is over, and records it',
  example: 'expect: { serving: true, covers: SOCK-REL-10 }',
  arguments: EXPECTATION.transform(({ covers, ...expected }) => ({
    expect: expected as Expectation,
    covers,
  })),
  opens: ({ expect: expected }) => (expected.kind === 'serving' ? 1 : 0),
  uses: ({ expect: expected }) => usesOf(expected),
  ends: ({ expect: expected }) => endsOf(expected),
  complete: ({ expect: expected }, before) => completeExpectation(expected, before),
});
