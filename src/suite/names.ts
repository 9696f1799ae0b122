import { nameOr } from '../document/schemas.ts';
import { baseOfOurs, RESERVED_NAMES } from './our-names.ts';

/** What a name of a test can stand for. */
export type NameKind = 'connection' | 'listener' | 'churn' | 'sent' | 'received' | 'capture';

/** A name that a step makes for the steps after it. */
export interface Made {
  kind: NameKind;
  name: string;
  /** The connection on which a message was sent. */
  on?: string;
}

/** A name of an earlier step that a step uses. */
export interface Used {
  /** The argument in which it stands. */
  key: string;
  name: string;
  /** What it may stand for. */
  kinds: readonly NameKind[];
  /** Whether a connection must have been ended before. */
  ended?: true;
}

/** The name that a step makes; nothing where it makes none. */
export function made(kind: NameKind, name: string | undefined, on?: string): Made[] {
  return name === undefined ? [] : [{ kind, name, ...(on !== undefined && { on }) }];
}

/** The name that an argument uses; nothing where the argument is absent. */
export function used(key: string, name: string | undefined, ...kinds: NameKind[]): Used[] {
  return name === undefined ? [] : [{ key, name, kinds }];
}

/** {@link used} of connections that somebody must have ended before: what a churn opened, it ends itself. */
export function usedEnded(key: string, name: string, ...kinds: NameKind[]): Used[] {
  return used(key, name, ...kinds).map((one) => ({ ...one, ended: true }));
}

/** A name that a step gives: not one that the harness gives itself. */
export const newName = nameOr((given) => ofOurs(given, (base) => `${base}-2`)).refine(
  (given) => !RESERVED_NAMES.has(given),
  {
    error: ({ input }) =>
      `"${String(input)}" is our name for ${RESERVED_NAMES.get(String(input))}; did you mean "my-${String(input)}"?`,
  },
);

/** A name that an earlier step gave. */
export const knownName = nameOr((given) => ofOurs(given, (base) => base));

/** What is wrong with a name that the harness makes of another. */
function ofOurs(given: string, suggest: (base: string) => string): string | undefined {
  const base = baseOfOurs(given);
  if (base === undefined) return undefined;
  return `"${given}" is a name that we make of "${base}" ourselves; did you mean "${suggest(base)}"?`;
}
