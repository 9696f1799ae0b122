import { z } from 'zod';
import { countOr, durationOr, durationText, oneOrMore, text } from '../document/schemas.ts';
import { PORT_NAMES } from '../history/facts.ts';
import { knownName } from './names.ts';
import { COUNT_PARAMETERS, TIME_PARAMETERS } from './parameters.ts';
import { referring } from './references.ts';

/** A duration, or the name of a time of the run. */
export const durationValue = durationOr(TIME_PARAMETERS);

/** A duration as written, not yet in ms. */
export const writtenDuration = durationText(TIME_PARAMETERS);

/** ms, or `$releaseTime` and the like, resolved when played. */
export type DurationValue = z.output<typeof durationValue>;

/** A count, or the most connections that the device may be given. */
export const countValue = countOr(COUNT_PARAMETERS);

/** A count, or `$name`. */
export type CountValue = z.output<typeof countValue>;

/** A text that may hold parameters and captures. */
export const textValue = referring(text);

/** Where a connection goes. */
export const portChoice = z.enum([...PORT_NAMES, 'each', 'all', 'other']);

/** The port a connection goes to: `each` is the port of this run, `all` one connection per declared port. */
export type PortChoice = z.output<typeof portChoice>;

/** What an expectation must have: the requirements that it is about. */
export const covers = oneOrMore(text).describe('The requirement or requirements that this is about');

/** What every other step may have. */
export const mayCover = covers.default(() => []);

/** A name and what it captures: `ro: roID` keeps the text at `roID` as `$ro`. */
export const capture = z.record(knownName, text).describe('Names for texts of the message: $name afterwards');

/** A map of arguments, or one short value that stands for it. */
export function orShort<S extends z.ZodType, F extends z.ZodType>(
  short: S,
  full: F,
  expand: (short: z.output<S>) => z.input<F>,
): z.ZodType<z.output<F>, z.input<S> | z.input<F>> {
  const expanded = short.transform(expand as (short: unknown) => unknown).pipe(full as unknown as z.ZodType);
  return z.union([expanded, full]) as unknown as z.ZodType<z.output<F>, z.input<S> | z.input<F>>;
}

const onlyConnection = z.strictObject({ on: knownName.describe('The connection'), covers: mayCover });

/** A connection, or a map with the connection as `on`. */
export const onConnection = orShort(knownName, onlyConnection, (on) => ({ on }));

/** What makes a remark of an expectation that is not fulfilled. */
export const remark = z
  .literal(true)
  .exactOptional()
  .describe('Counts as a remark, also where the requirement is a must');

/** What lets an expectation weigh less. */
export const note = z
  .literal(true)
  .exactOptional()
  .describe('Counts as a note, whatever the level of the requirement');
