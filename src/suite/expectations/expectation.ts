import type { z } from 'zod';
import type { Used } from '../names.ts';
import type { Before } from '../verbs/verb.ts';

/** Everything that the language knows of one kind of expectation; how it is judged, its play in `src/scenario` says. */
export interface ExpectationDefinition<Arguments extends z.ZodType> {
  /** Where it holds, for the table of expectations: a clause without a full stop. */
  holds: string;
  /** It as a suite writes it; the names in it are those of the examples of the verbs. */
  example: string;
  /** What stands behind `expect`, the deciding key among it. What it gives is what is judged. */
  arguments: Arguments;
  /** The names of earlier steps that it uses. */
  uses?(expected: Omit<z.output<Arguments>, 'covers'>): Used[];
  /** The connections that the device has ended where it holds. */
  ends?(expected: Omit<z.output<Arguments>, 'covers'>): string[];
  /** Takes over what only the steps before can say. */
  complete?(expected: Omit<z.output<Arguments>, 'covers'>, before: Before): void;
}

/** One kind of expectation. */
export function expectation<Arguments extends z.ZodType<{ covers: string[] }>>(
  definition: ExpectationDefinition<Arguments>,
): ExpectationDefinition<Arguments> {
  return definition;
}
