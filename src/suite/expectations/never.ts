import { z } from 'zod';
import { knownName, used } from '../names.ts';
import { covers, durationValue, textValue } from '../values-schema.ts';
import { expectation } from './expectation.ts';

/** `never`: nothing that comes on the connection holds a text. */
export const never = expectation({
  holds: 'this text does not come back for so long',
  example: 'expect: { on: ncs, never: $canary, for: 1s, covers: MOS-ERR-09 }',
  arguments: z.strictObject({
    never: textValue.describe('Text that must not come back'),
    on: knownName,
    for: durationValue,
    covers,
  }),
  uses: ({ on }) => used('on', on, 'connection'),
});
