import { z } from 'zod';
import { countValue, mayCover, type CountValue } from '../values-schema.ts';
import { verb } from './verb.ts';

/**
 * `repeat`: plays steps several times.
 * @param steps the schema of a list of steps
 */
export const repeat = <Steps extends z.ZodType>(steps: Steps) =>
  verb({
    does: 'plays steps several times',
    example: 'repeat: { times: 2, steps: [ { wait: 1ms } ] }',
    arguments: z.strictObject({ times: countValue, steps, covers: mayCover }),
    rounds: (step) => (step as { times: CountValue }).times,
    inside: (step) => [{ at: ['steps'], steps: (step as { steps: unknown }).steps }],
  });
