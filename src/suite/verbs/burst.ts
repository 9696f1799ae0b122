import { z } from 'zod';
import { countValue, mayCover, portChoice } from '../values-schema.ts';
import { verb } from './verb.ts';

/** `burst`: connections that are reset before the device can take them. */
export const burst = verb({
  does: 'opens connections one after the other and resets each before the device can accept it',
  example: 'burst: { count: 20, times: 5 }',
  arguments: z.strictObject({
    count: countValue.describe('Connections of one burst'),
    times: countValue.default(1).describe('Bursts, one after the other; the port must serve between them'),
    port: portChoice.default('each'),
    covers: mayCover,
  }),
  opens: ({ count, times }, number) => number(count) * number(times),
});
