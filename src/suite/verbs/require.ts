import { endsOf, PRECONDITION, usesOf } from '../preconditions.ts';
import { verb } from './verb.ts';

/** `require`: what must be so for the test to apply. */
export const require = verb({
  does: 'ends the test as not applicable where something is not given',
  example: 'require: { habit: keeps-connections }',
  arguments: PRECONDITION.transform((needed) => ({ require: needed, covers: [] as string[] })),
  uses: ({ require: needed }) => usesOf(needed),
  ends: ({ require: needed }) => endsOf(needed),
});
