import { z } from 'zod';
import { verb } from './verb.ts';

/**
 * `parallel`: plays branches beside each other.
 * @param steps the schema of a list of steps
 */
export const parallel = <Steps extends z.ZodType>(steps: Steps) =>
  verb({
    does: 'plays lists of steps at the same time, and waits for all of them',
    example: 'parallel: [ [ { wait: 1ms } ], [ { wait: 2ms } ] ]',
    arguments: z
      .array(steps)
      .min(1)
      .transform((branches) => ({ branches, covers: [] })),
    inside: ({ branches }) => branches.map((branch, index) => ({ at: [index], steps: branch })),
    beside: true,
  });
