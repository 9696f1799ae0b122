import { z } from 'zod';

/** What decides between the alternatives of a union, and what a person calls such an alternative. */
export interface Kinds {
  /** `verb`, `expectation` */
  noun: string;
  /** The keys in the order of the alternatives. */
  keys: readonly string[];
  /** Keys of the alternatives that decide nothing. */
  others: readonly string[];
}

const KINDS = new WeakMap<object, Kinds>();

/**
 * A union of maps of which exactly one deciding key says which is meant: problems then concern the meant
 * alternative only, and an unknown deciding key is named with what was probably meant.
 */
export function oneOfKinds<T extends Record<string, z.ZodType>>(
  noun: string,
  kinds: T,
): z.ZodType<z.output<T[keyof T]>> {
  const [first, ...rest] = Object.values(kinds);
  if (first === undefined) throw new Error(`no kinds of ${noun}`);
  const union = z.union([first, ...rest]);
  const keys = Object.keys(kinds);
  const shapes = Object.values(kinds).flatMap((kind) =>
    kind instanceof z.ZodObject ? Object.keys(kind.shape) : [],
  );
  const about = { noun, keys, others: shapes.filter((key) => !keys.includes(key)) };
  for (const schema of [union, ...Object.values(kinds)]) KINDS.set(schema, about);
  return union as unknown as z.ZodType<z.output<T[keyof T]>>;
}

/** The kinds of a schema that {@link oneOfKinds} made, or of one of its alternatives. */
export function kindsOf(schema: object | undefined): Kinds | undefined {
  return schema === undefined ? undefined : KINDS.get(schema);
}
