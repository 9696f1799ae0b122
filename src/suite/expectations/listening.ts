import { z } from 'zod';
import { covers, portChoice } from '../values-schema.ts';
import { expectation } from './expectation.ts';

/** `listening`: a fact of the device's vantage only. */
export const listening = expectation({
  holds: 'a socket of the device is in LISTEN on the port',
  example: 'expect: { listening: true, port: upper, covers: SOCK-REL-10 }',
  arguments: z.strictObject({
    listening: z.literal(true),
    port: portChoice.default('each'),
    covers,
  }),
});
