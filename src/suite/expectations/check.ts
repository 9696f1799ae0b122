import { z } from 'zod';
import { knownName, used } from '../names.ts';
import { covers, note } from '../values-schema.ts';
import { MESSAGE_CHECKS } from '../words.ts';
import { expectation } from './expectation.ts';

/** `check`: every message received under a name, or on the connections of a name, stands up to a check. */
export const check = expectation({
  holds: 'the received messages stand up to the check',
  example: 'expect: { on: reply, check: echo, covers: MOS-ENV-06 }',
  arguments: z.strictObject({
    check: z.enum(MESSAGE_CHECKS).describe('What the received messages are checked for'),
    on: knownName.describe('A received message, or the connections whose messages are meant'),
    like: knownName.exactOptional().describe('Another message that it is compared with'),
    note,
    covers,
  }),
  uses: ({ on, like }) => [
    ...used('on', on, 'received', 'connection'),
    ...used('like', like, 'received', 'sent'),
  ],
});
