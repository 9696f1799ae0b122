/**
 * The names that the harness gives to what it makes itself. No suite can write one of them: it either is reserved or
 * holds a character that a name of a suite cannot have. Whoever makes a name of ours takes it from here.
 */

/** The connections that ask whether a port still serves. */
export const PROBE = 'probe';

/** The connections of the opening sanity test. */
export const SANITY = 'sanity';

/** The IDs of the tests that have no suite: the first and the last two of every campaign. */
export const SANITY_TESTS = { opening: 'SAN-OPEN', left: 'SAN-LEFT', closing: 'SAN-CLOSE' } as const;

/** The names that a suite could write and must not, each with what stands behind it. */
export const RESERVED_NAMES: ReadonlyMap<string, string> = new Map([
  [PROBE, 'the connections that ask whether a port still serves'],
  [SANITY, 'the connections of the sanity tests'],
]);

/** The name of the connection that is the `number`th of its name: `ncs`, `ncs.2`, and so on. */
export function numberedName(name: string, number: number): string {
  return number === 1 ? name : `${name}.${number}`;
}

const PARTS = ['first', 'older', 'newer', 'cleared up'] as const;

/** The name of a connection that belongs to what is called `name`: the first of a churn, the older of two. */
export function partName(name: string, part: (typeof PARTS)[number]): string {
  return `${name}, ${part}`;
}

/** What the harness made this name of, where it is one that {@link numberedName} or {@link partName} makes. */
export function baseOfOurs(given: string): string | undefined {
  return new RegExp(`^([A-Za-z][\\w-]*)(?:\\.\\d+|, (?:${PARTS.join('|')}))$`).exec(given)?.[1];
}
