import { z } from 'zod';
import { oneOrMore } from '../../document/schemas.ts';
import { knownName, used } from '../names.ts';
import { covers, durationValue } from '../values-schema.ts';
import { STATES } from '../words.ts';
import { expectation } from './expectation.ts';

/** `state`: a socket state. */
export const state = expectation({
  holds: 'an end of the connection reaches one of these socket states',
  example: 'expect: { on: ncs, state: [TIME_WAIT, none], at: ncs, covers: SOCK-HC-01 }',
  arguments: z.strictObject({
    state: oneOrMore(z.enum(STATES)).describe('The socket states of which one must be reached'),
    on: knownName,
    at: z.enum(['ncs', 'device']).default('ncs'),
    within: durationValue.default('$releaseTime'),
    covers,
  }),
  uses: ({ on }) => used('on', on, 'connection', 'churn'),
});
