import { z } from 'zod';
import { knownName, used } from '../names.ts';
import { covers, durationValue } from '../values-schema.ts';
import { expectation } from './expectation.ts';

/** `ended`: the device ends the connection, by a FIN or a reset, while ours is open. */
export const ended = expectation({
  holds: 'the device ends the connection, by FIN or by reset',
  example: 'expect: { on: ncs, ended: true, within: 30s, covers: SOCK-ST-04 }',
  arguments: z.strictObject({
    ended: z.literal(true).describe('The device ends the connection'),
    on: knownName,
    within: durationValue,
    covers,
  }),
  uses: ({ on }) => used('on', on, 'connection', 'churn'),
  ends: ({ on }) => [on],
});
