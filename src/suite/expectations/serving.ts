import { z } from 'zod';
import { covers, durationValue, portChoice } from '../values-schema.ts';
import { expectation } from './expectation.ts';

/** `serving`: the application behind a port works. */
export const serving = expectation({
  holds: 'a new connection, an exchange and a close succeed',
  example: 'expect: { serving: true, port: upper, covers: SOCK-REL-10 }',
  arguments: z.strictObject({
    serving: z.literal(true).describe('A new connection, an exchange and a close succeed'),
    port: portChoice.default('each'),
    within: durationValue.exactOptional(),
    covers,
  }),
});
