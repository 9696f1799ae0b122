import { z } from 'zod';
import { oneOrMore } from '../../document/schemas.ts';
import { knownName, used } from '../names.ts';
import { covers } from '../values-schema.ts';
import { expectation } from './expectation.ts';

/** `accepted`: of several requests, one at least is not refused. */
export const accepted = expectation({
  holds: 'at least one of these requests got what it asked for, or an acknowledgement that agrees',
  example: 'expect: { accepted: [question], covers: MOS-ACK-01 }',
  arguments: z.strictObject({
    accepted: oneOrMore(knownName).describe('Earlier requests, of which not all may be refused'),
    covers,
  }),
  uses: ({ accepted: names }) => names.flatMap((name) => used('accepted', name, 'sent')),
});
