import { z } from 'zod';
import { knownName, used } from '../names.ts';
import { covers, durationValue, note, remark } from '../values-schema.ts';
import { expectation } from './expectation.ts';

/** `open`: the device leaves the connection alone. */
export const open = expectation({
  holds: 'the device does not end the connection for so long',
  example: 'expect: { on: ncs, open: true, for: 1s, covers: SOCK-CON-04 }',
  arguments: z.strictObject({
    open: z.literal(true),
    on: knownName,
    for: durationValue,
    note,
    remark,
    covers,
  }),
  uses: ({ on }) => used('on', on, 'connection', 'churn'),
});
