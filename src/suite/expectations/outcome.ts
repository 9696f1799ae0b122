import { z } from 'zod';
import { oneOrMore } from '../../document/schemas.ts';
import { knownName, used } from '../names.ts';
import { covers, durationValue } from '../values-schema.ts';
import { OUTCOMES } from '../../results/outcome.ts';
import { expectation } from './expectation.ts';

/** `outcome`: how a connection ended. */
export const outcome = expectation({
  holds: 'the connection ended in one of these ways',
  example: 'expect: { on: ncs, outcome: [clean, late], covers: SOCK-REL-07 }',
  arguments: z.strictObject({
    outcome: oneOrMore(z.enum(OUTCOMES)).describe('How the connection may have ended'),
    on: knownName,
    within: durationValue.default('$releaseTime'),
    covers,
  }),
  uses: ({ on }) => used('on', on, 'connection', 'churn'),
  ends: ({ on }) => [on],
});
