import { z } from 'zod';

const REFERRING = z.registry<{ refers: true }>();

/** The schema of a text in which the player puts the value of a parameter or a capture in the place of its `$name`. */
export function referring<S extends z.ZodType>(schema: S): S {
  const own: z.ZodType = schema.clone();
  return own.register(REFERRING, { refers: true }) as S;
}

/** The keys of arguments under which such a text stands, at whatever depth. */
export function referringKeys(schema: z.ZodType): string[] {
  if (!(schema instanceof z.ZodObject)) return partsOf(schema).flatMap(referringKeys);
  return Object.entries(schema.shape).flatMap(([key, inner]) => (refers(inner) ? [key] : []));
}

function refers(schema: z.ZodType): boolean {
  return REFERRING.get(schema) !== undefined || partsOf(schema).some(refers);
}

/** What a schema is made of, except for steps inside a step, which are lazy and arguments of their own. */
function partsOf(schema: z.ZodType): z.ZodType[] {
  const parts: unknown[] =
    schema instanceof z.ZodObject ? Object.values(schema.shape) : Object.values(schema.def).flat();
  return parts.filter((part) => part instanceof z.ZodType);
}
