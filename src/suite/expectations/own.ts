import { z } from 'zod';
import { text } from '../../document/schemas.ts';
import { OWN_CHECKS } from '../checks.ts';
import { knownName, used } from '../names.ts';
import { covers, durationValue } from '../values-schema.ts';
import { expectation } from './expectation.ts';

/** `own`: what the device sends of its own accord. */
export const own = expectation({
  holds: 'the requests that the device sends of its own accord stand up to the check for so long',
  example: 'expect: { on: call, own: counting, for: 5s, covers: MOS-ENV-05 }',
  arguments: z.strictObject({
    own: z
      .enum(OWN_CHECKS)
      .describe('What is checked of the requests that the device sends of its own accord'),
    on: knownName.describe('A connection that the device dialled'),
    to: text.exactOptional().describe('The message whose answer is meant, or "acknowledged"'),
    for: durationValue,
    covers,
  }),
  uses: ({ on }) => used('on', on, 'connection'),
});
