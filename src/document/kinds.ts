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

/** What a map gives of which the deciding key is `K`: the map, and that key as its kind. */
export type OfKind<T extends Record<string, z.ZodType>> = {
  [K in keyof T & string]: { kind: K } & z.output<T[K]>;
}[keyof T & string];

/**
 * A union of maps of which exactly one deciding key says which is meant: problems then concern the meant
 * alternative only, and an unknown deciding key is named with what was probably meant.
 * @param kinds the alternatives, each under its deciding key
 */
export function oneOfKinds<T extends Record<string, z.ZodType<object>>>(
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

/** {@link oneOfKinds} whose maps know their kind. */
export function namedKinds<T extends Record<string, z.ZodType<object>>>(
  noun: string,
  kinds: T,
): z.ZodType<OfKind<T>> {
  const keys = Object.keys(kinds);
  return oneOfKinds(noun, kinds).transform((value) => ({
    kind: keys.find((key) => Object.hasOwn(value, key)),
    ...value,
  })) as unknown as z.ZodType<OfKind<T>>;
}

/** The kinds of a schema that {@link oneOfKinds} made, or of one of its alternatives. */
export function kindsOf(schema: object | undefined): Kinds | undefined {
  return schema === undefined ? undefined : KINDS.get(schema);
}
