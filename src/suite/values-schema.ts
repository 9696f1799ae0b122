import { z } from 'zod';
import { countOr, durationOr, name, oneOrMore, text } from '../document/schemas.ts';
import { PORT_NAMES } from '../history/facts.ts';
import { COUNT_PARAMETERS, TIME_PARAMETERS } from './parameters.ts';

/** A duration, or the name of a time of the run. */
export const durationValue = durationOr(TIME_PARAMETERS);

/** A count, or the most connections that the device may be given. */
export const countValue = countOr(COUNT_PARAMETERS);

/** Where a connection goes. */
export const portChoice = z.enum([...PORT_NAMES, 'each', 'all', 'other']);

/** What every step may have: the requirements that it is about. */
export const covers = oneOrMore(text).describe('The requirement or requirements that this is about');

/** A name and what it captures: `ro: roID` keeps the text at `roID` as `$ro`. */
export const capture = z.record(name, text).describe('Names for texts of the message: $name afterwards');

/** A map of arguments, or one short value that stands for it. */
export function orShort<T, S>(
  short: z.ZodType<S>,
  full: z.ZodType<T>,
  expand: (short: S) => NoInfer<T>,
): z.ZodType<T> {
  return z.union([short.transform(expand), full]) as unknown as z.ZodType<T>;
}

const onlyConnection = z.strictObject({ on: name.describe('The connection'), covers: covers.optional() });

/** A connection, or a map with the connection as `on`. */
export const onConnection = orShort(name, onlyConnection, (on) => ({ on }));
