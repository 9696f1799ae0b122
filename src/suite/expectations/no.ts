import { z } from 'zod';
import { text } from '../../document/schemas.ts';
import { complain } from '../complaint.ts';
import { knownName, used } from '../names.ts';
import { covers, durationValue } from '../values-schema.ts';
import { expectation } from './expectation.ts';

/** `no`: nothing comes. */
export const no = expectation({
  holds: 'no such message comes for so long',
  example: 'expect: { on: ncs, no: message, for: 1s, covers: MOS-ENV-09 }',
  arguments: z
    .strictObject({
      no: text.describe('message, answer, or the name of a message that must not come'),
      to: knownName.exactOptional().describe('With answer: the request that must not be answered'),
      on: knownName,
      for: durationValue,
      covers,
    })
    .check(
      complain(({ no: unwanted, to }) => {
        if (unwanted === 'answer' && to === undefined) {
          return [{ path: [], text: 'missing key "to": the request that must not be answered' }];
        }
        const alone = unwanted !== 'answer' && to !== undefined;
        return alone ? [{ path: ['to'], text: '"to" stands with "no: answer" only' }] : [];
      }),
    ),
  uses: ({ on, to }) => [...used('on', on, 'connection'), ...used('to', to, 'sent')],
});
