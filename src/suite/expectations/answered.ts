import { z } from 'zod';
import { oneOrMore, text } from '../../document/schemas.ts';
import { knownName, used } from '../names.ts';
import { covers, durationValue, note } from '../values-schema.ts';
import { expectation } from './expectation.ts';

/** `answered`: every request of a name gets its answer. */
export const answered = expectation({
  holds: 'every request of this name is answered in time, in the order in which they were sent',
  example: 'expect: { answered: question, covers: MOS-FRM-02 }',
  arguments: z.strictObject({
    answered: knownName.describe('The request that must be answered'),
    on: knownName
      .exactOptional()
      .describe('The connection; without it, the one on which the request was sent'),
    by: oneOrMore(text)
      .exactOptional()
      .describe('The messages that count as the answer; "answer" for anything but a refusal'),
    within: durationValue.exactOptional(),
    times: z.int().min(1).max(1_000_000).exactOptional(),
    note,
    covers,
  }),
  uses: ({ answered, on }) => [...used('answered', answered, 'sent'), ...used('on', on, 'connection')],
  complete: (expected, before) => {
    const on = expected.on ?? before.senderOf(expected.answered);
    if (on !== undefined) expected.on = on;
  },
});
