import { z } from 'zod';
import { knownName, usedEnded } from '../names.ts';
import { covers, durationValue } from '../values-schema.ts';
import { expectation } from './expectation.ts';

/** `released`: the heart of the matter. */
export const released = expectation({
  holds: 'the ends that are named have let go of the connection',
  example: 'expect: { on: ncs, released: both, covers: SOCK-REL-01 }',
  arguments: z.strictObject({
    released: z.enum(['both', 'device', 'ncs']).describe('The ends that must have let go'),
    on: knownName,
    within: durationValue.default('$releaseTime'),
    covers,
  }),
  uses: ({ on }) => usedEnded('on', on, 'connection', 'churn'),
});
