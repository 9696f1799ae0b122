import { z } from 'zod';
import { DURATION, parseDuration, parsePercent, parseSize, PERCENT, SIZE } from './quantities.ts';
import { didYouMean } from './similar.ts';

const DURATION_WORDS = 'a duration such as 5s, 300ms or 2m';

/** A value that points at a parameter, resolved when it is played. */
export type Reference = `$${string}`;

/** A custom message for whatever is wrong, except that a missing key stays a missing key. */
function expecting(what: string): { error: (issue: { input?: unknown }) => string | undefined } {
  return {
    error: ({ input }) => (input === undefined ? undefined : `expected ${what}, got ${shown(input)}`),
  };
}

/** Text; numbers and truth values count as what was written. */
export const text = z
  .union([z.string(), z.number(), z.boolean()], expecting('text'))
  .transform((value) => String(value));

/** Text that is not empty. */
export const words = z
  .union([z.string().trim().min(1, expecting('some text')), z.number()], expecting('some text'))
  .transform((value) => String(value));

/** A duration with its unit; gives ms. */
export const duration = z
  .string(expecting(DURATION_WORDS))
  .regex(DURATION, expecting(DURATION_WORDS))
  .refine(
    (value) => !DURATION.test(value) || parseDuration(value) !== undefined,
    expecting('a duration of at most 24 days'),
  )
  .transform((value) => parseDuration(value) ?? 0);

/** A size with its unit, or a count of bytes; gives bytes. */
export const size = z.union([
  z.int(expecting('a whole number of bytes')).min(0),
  z
    .string()
    .regex(SIZE, expecting('a size such as 512B, 64KiB or 32MiB'))
    .transform((value) => parseSize(value) ?? 0),
]);

/** A percentage; gives a share from 0 to 1. */
export const percent = z
  .string(expecting('a percentage such as 50%'))
  .regex(PERCENT, expecting('a percentage such as 50%'))
  .refine((value) => parsePercent(value) !== undefined, expecting('a percentage from 0% to 100%'))
  .transform((value) => parsePercent(value) ?? 0);

/** The text of a duration, or of a reference to one of these times. */
export function durationText(names: readonly string[]): z.ZodString {
  const form = new RegExp(`${DURATION.source}|^\\$[A-Za-z][A-Za-z0-9_]*$`);
  return z
    .string(expecting(`${DURATION_WORDS} or $${names[0]}`))
    .regex(form, expecting(`${DURATION_WORDS} or $${names[0]}`))
    .check((context) => refuseUnknown(context, names))
    .refine(
      (value) => !DURATION.test(value) || parseDuration(value) !== undefined,
      expecting('a duration of at most 24 days'),
    );
}

/** A duration, or a reference to one of these times. */
export function durationOr(names: readonly string[]): z.ZodType<number | Reference, string> {
  return durationText(names).transform((value) =>
    value.startsWith('$') ? (value as Reference) : (parseDuration(value) ?? 0),
  );
}

/** A whole number from `least` to `most`, or a reference to one of these counts. */
export function countOr(
  names: readonly string[],
  least = 1,
  most = 1_000_000,
): z.ZodType<number | Reference, number | string> {
  const words = `a whole number from ${least} to ${most.toLocaleString('en')} or $${names[0]}`;
  return z.union([
    z.int(expecting(words)).min(least, expecting(words)).max(most, expecting(words)),
    z
      .string()
      .regex(/^\$[A-Za-z][A-Za-z0-9_]*$/, expecting(words))
      .check((context) => refuseUnknown(context, names))
      .transform((value) => value as Reference),
  ]);
}

/** One value, or a list of at least one; gives a list. */
export function oneOrMore<T, I>(schema: z.ZodType<T, I>): z.ZodType<T[], I | I[]> {
  return z.union([schema.transform((value) => [value]), z.array(schema).min(1)]);
}

/**
 * A name that a file gives to something of its own.
 * @param explain says what is wrong with a certain name, where more is known than that it has another form
 */
export function nameOr(explain: (given: string) => string | undefined): z.ZodString {
  const expected = expecting('a name of letters, digits, "-" and "_"');
  return z.string(expected).regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, {
    error: ({ input }) => explain(String(input)) ?? expected.error({ input }),
  });
}

function refuseUnknown(context: z.core.ParsePayload<string>, names: readonly string[]): void {
  const { value } = context;
  if (!value.startsWith('$') || names.includes(value.slice(1))) return;
  const references = names.map((known) => `$${known}`);
  const meant = didYouMean(value, references) || `; known here: ${references.join(', ')}`;
  context.issues.push({ code: 'custom', message: `unknown parameter "${value}"${meant}`, input: value });
}

function shown(input: unknown): string {
  if (input === null) return 'nothing';
  if (typeof input === 'object') return Array.isArray(input) ? 'a list' : 'a map';
  const value = String(input);
  return value === '' ? 'nothing' : `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
}
