import { z } from 'zod';
import { REFERENCE } from '../../document/quantities.ts';
import { text } from '../../document/schemas.ts';
import { complain, exactlyOne } from '../complaint.ts';
import { knownName, used } from '../names.ts';
import { covers, textValue } from '../values-schema.ts';
import { expectation } from './expectation.ts';

const pattern = z
  .string()
  .refine(isPattern, { error: 'is no regular expression' })
  .refine((source) => !REFERENCE.test(source), {
    error: ({ input }) =>
      `is a parameter, which no pattern can hold; did you mean "equals: ${String(input)}"?`,
  });

/** `path`: the text at a place of a received message. */
export const path = expectation({
  holds: 'the text at the path of a received message is such',
  example: 'expect: { on: reply, path: heartbeat/time, exists: true, covers: MOS-HB-02 }',
  arguments: z
    .strictObject({
      path: text.describe('Element names from the message element on, such as listMachInfo/ID'),
      on: knownName,
      equals: textValue.exactOptional(),
      matches: pattern.exactOptional(),
      exists: z.boolean().exactOptional(),
      'one-of': z.array(textValue).min(1).exactOptional(),
      covers,
    })
    .check(
      complain((written) =>
        exactlyOne(
          Object.keys(written),
          ['equals', 'matches', 'exists', 'one-of'],
          'what must be at the path',
        ),
      ),
    ),
  uses: ({ on }) => used('on', on, 'received'),
});

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
