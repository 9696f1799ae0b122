import type { z } from 'zod';
import type { Made, Used } from '../names.ts';
import type { CountValue } from '../values-schema.ts';

/** Everything that the language knows of one verb; what it does is its play in `src/scenario`. */
export interface VerbDefinition<Arguments extends z.ZodType> {
  /** What it does, for the table of verbs: a clause without a full stop. */
  does: string;
  /** A step as a suite writes it; `ncs` is a connection, `home` a listener and `question` a message of earlier steps. */
  example: string;
  /** What may stand behind the verb. What it gives is what the player plays: defaults and short forms are its business. */
  arguments: Arguments;
  /** The names that the step makes. */
  makes?(step: z.output<Arguments>): Made[];
  /** The names of earlier steps that the step uses, those of the steps inside it aside. */
  uses?(step: z.output<Arguments>): Used[];
  /** The connections that we or the device have ended, as far as a suite says it, once the step is over. */
  ends?(step: z.output<Arguments>): string[];
  /** Takes over what only the steps before can say. */
  complete?(step: z.output<Arguments>, before: Before): void;
  /** The lists of steps inside the step. */
  inside?(step: z.output<Arguments>): Inside[];
  /** How often the steps inside the step are played; once without it. */
  rounds?(step: z.output<Arguments>): CountValue;
  /** About how many connections the step itself opens; none without it. `number` makes a number of a count. */
  opens?(step: z.output<Arguments>, number: (count: CountValue) => number): number;
  /** Lists of steps that run beside each other: none can count on the names of another. */
  beside?: true;
  /** Of the lists inside only one is played at a time. */
  choice?: true;
}

/** A list of steps inside a step. */
export interface Inside {
  /** Where it stands in the arguments as written. */
  at: PropertyKey[];
  /** So many keys further up than the arguments, where it stands in those of a step around this one. */
  up?: number;
  steps: unknown;
}

/** What earlier steps can say. */
export interface Before {
  /** The connection on which the message of this name was sent. */
  senderOf(message: string): string | undefined;
}

/** One verb of the language. */
export function verb<Arguments extends z.ZodType<{ covers: string[] }>>(
  definition: VerbDefinition<Arguments>,
): VerbDefinition<Arguments> {
  return definition;
}
