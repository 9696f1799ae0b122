import { z } from 'zod';
import { printable } from '../document/problem.ts';
import { duration } from '../document/schemas.ts';
import { didYouMean } from '../document/similar.ts';
import { ENCODINGS } from '../wire/types.ts';
import { MESSAGE_SIZE_WORDS, messageSize, PORT_WORDS } from './device-file.ts';
import { REVISIONS } from '../wire/revision.ts';
import { DEFAULT_TIMES, PERMISSIONS, type TimeName } from './target.ts';

/** What a command line may say about a device, as typed; lists may also be one text with commas. */
export interface TargetOptions {
  name?: string | undefined;
  host?: string | undefined;
  /** A port, or `none`. */
  lower?: string | number | undefined;
  upper?: string | number | undefined;
  query?: string | number | undefined;
  mosId?: string | undefined;
  ncsId?: string | undefined;
  otherNcsId?: string | undefined;
  revision?: string | undefined;
  encoding?: string | undefined;
  profiles?: string | readonly (string | number)[] | undefined;
  allow?: string | readonly string[] | undefined;
  path?: string | undefined;
  restart?: string | undefined;
  /** `releaseTime=2s`, `connections=16` */
  parameter?: string | readonly string[] | undefined;
  /** The embedded reference device: it grants every permission. */
  embedded?: boolean | undefined;
}

const wholeNumber = (least: number, most: number, what: string): z.ZodType<number, unknown> =>
  z
    .union([z.number(), z.string().regex(/^\d+$/)])
    .transform(Number)
    .refine((value) => Number.isInteger(value) && value >= least && value <= most)
    .catch(NaN)
    .refine((value) => !Number.isNaN(value), { error: `expected ${what}` });

const port = z.union([z.literal('none'), wholeNumber(1, 65_535, PORT_WORDS)], {
  error: `expected ${PORT_WORDS}, or none`,
});

const listOf = <T>(schema: z.ZodType<T>): z.ZodType<T[]> =>
  z.preprocess(
    (given) =>
      [given]
        .flat(2)
        .flatMap((one) => String(one).split(','))
        .map((one) => one.trim())
        .filter(Boolean),
    z.array(schema),
  );

const oneOf = <const T extends readonly [string, ...string[]]>(values: T): z.ZodType<T[number]> =>
  z.enum(values, {
    error: ({ input }) =>
      `"${String(input)}" is not one of ${values.join(', ')}${didYouMean(String(input), values)}`,
  });

const notEmpty = z.coerce
  .string()
  .trim()
  .min(1, { error: 'must not be empty' })
  .refine((text) => text === printable(text), { error: 'must not hold control characters' });

const schemas = {
  name: notEmpty,
  host: notEmpty,
  lower: port,
  upper: port,
  query: port,
  mosId: notEmpty,
  ncsId: notEmpty,
  otherNcsId: notEmpty,
  revision: oneOf(REVISIONS),
  encoding: oneOf(ENCODINGS),
  profiles: listOf(
    z
      .string()
      .regex(/^[0-7]$/, { error: 'expected profiles from 0 to 7, such as 0,1,2' })
      .transform(Number),
  ),
  allow: listOf(oneOf(PERMISSIONS)),
  path: oneOf(['direct', 'proxied']),
  restart: notEmpty,
};

/** The options after checking; only what was given is present. */
export type CheckedOptions = { [K in keyof typeof schemas]?: z.output<(typeof schemas)[K]> } & {
  times: Partial<Record<TimeName, number>>;
  connections?: number;
  messageSize?: number;
};

/** Checks options. Problems are clauses that begin with the option: `--lower 70000: expected a port ..`. */
export function checkOptions(options: TargetOptions): { checked: CheckedOptions; problems: string[] } {
  const checked: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, schema] of Object.entries(schemas)) {
    const given: unknown = options[name as keyof TargetOptions];
    if (given === undefined) continue;
    const result = schema.safeParse(given);
    if (result.success) checked[name] = result.data;
    else
      problems.push(
        `${optionName(name)} ${given === '' ? '""' : printable(String(given))}: ${result.error.issues[0]?.message ?? 'not allowed'}`,
      );
  }
  const { times, connections, messageSize: size } = readParameters(options.parameter, problems);
  return {
    checked: {
      ...(checked as CheckedOptions),
      times,
      ...(connections !== undefined && { connections }),
      ...(size !== undefined && { messageSize: size }),
    },
    problems,
  };
}

function readParameters(
  given: TargetOptions['parameter'],
  problems: string[],
): Pick<CheckedOptions, 'times' | 'connections' | 'messageSize'> {
  const times: Partial<Record<TimeName, number>> = {};
  let connections: number | undefined;
  let size: number | undefined;
  for (const one of listOf(z.string()).parse(given ?? [])) {
    const [name = '', value = ''] = one.split('=', 2).map((part) => part.trim());
    const known = [...Object.keys(DEFAULT_TIMES), 'connections', 'messageSize'];
    const refuse = (why: string): unknown => problems.push(`--parameter ${one}: ${why}`);
    if (!one.includes('=')) refuse('expected NAME=VALUE, such as releaseTime=2s');
    else if (!known.includes(name)) refuse(`unknown parameter "${name}"${didYouMean(name, known)}`);
    else if (name === 'connections') {
      const count = wholeNumber(1, 100_000, 'a whole number from 1 to 100000').safeParse(value);
      if (count.success) connections = count.data;
      else refuse('expected a whole number from 1 to 100000');
    } else if (name === 'messageSize') {
      const bytes = messageSize.safeParse(value);
      if (bytes.success) size = bytes.data;
      else refuse(`expected ${MESSAGE_SIZE_WORDS}`);
    } else {
      const ms = duration.safeParse(value);
      if (ms.success && ms.data >= 10 && ms.data <= 3_600_000) times[name as TimeName] = ms.data;
      else refuse('expected a duration from 10ms to 1h, such as 5s or 300ms');
    }
  }
  return {
    times,
    ...(connections !== undefined && { connections }),
    ...(size !== undefined && { messageSize: size }),
  };
}

function optionName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
