import { z } from 'zod';
import { namedKinds, type OfKind } from '../document/kinds.ts';
import { text } from '../document/schemas.ts';
import { PORT_NAMES } from '../history/facts.ts';
import { CHECKS } from './checks.ts';
import { knownName, used, type Used } from './names.ts';
import { countValue } from './values-schema.ts';
import { HABITS } from './words.ts';

/** One thing that `require` can ask for; whether it is given, its play in `src/scenario` says. */
interface PreconditionDefinition<Arguments extends z.ZodObject> {
  /** Where it holds, for the table of preconditions: a clause without a full stop. */
  holds: string;
  arguments: Arguments;
  /** The names of earlier steps that it uses. */
  uses?(needed: z.output<Arguments>): Used[];
  /** The connections that the device has ended where it holds. */
  ends?(needed: z.output<Arguments>): string[];
}

function precondition<Arguments extends z.ZodObject>(
  definition: PreconditionDefinition<Arguments>,
): PreconditionDefinition<Arguments> {
  return definition;
}

const profile = z
  .union([z.int(), z.string().regex(/^profile [0-7]$/, { error: 'expected a profile such as "profile 2"' })])
  .transform((said) => Number(String(said).replace(/^profile /, '')))
  .pipe(z.int().min(0).max(7));

const revisionRange = text.pipe(
  z.string().regex(/^(>=|<=|>|<|=)?\s*2\.(6|8\.[0-5])$/, {
    error: 'expected a revision such as ">=2.8.1" or "2.6"',
  }),
);

const habit = z
  .string()
  .transform((said) => ({ name: said.replace(/^not\s+/, ''), is: !/^not\s/.test(said) }))
  .pipe(z.object({ name: z.enum(HABITS), is: z.boolean() }));

/** Every kind of precondition, under the key that says which it is. */
export const PRECONDITIONS = {
  habit: precondition({
    holds: 'the device has the habit, or with `not` before it has not',
    arguments: z.strictObject({ habit }),
  }),
  privilege: precondition({
    holds:
      "`vanish`: a connection can be made to vanish here; `descriptors`: the descriptors of the device's process are visible; `device-vantage`: its end of a connection was seen; `local-files`: it runs on this machine",
    arguments: z.strictObject({
      privilege: z.enum(['vanish', 'descriptors', 'device-vantage', 'local-files']),
    }),
  }),
  connections: precondition({
    holds: 'the device file allows so many at once',
    arguments: z.strictObject({ connections: countValue }),
  }),
  claims: precondition({
    holds: 'the device claims the profile, in its device file, or in the listMachInfo named by `on`',
    arguments: z.strictObject({
      claims: profile,
      on: knownName.exactOptional().describe('A listMachInfo to ask, instead of the device file'),
    }),
    uses: ({ on }) => used('on', on, 'received'),
  }),
  revision: precondition({
    holds: 'the claimed MOS revision is such: `>=`, `<=`, `>`, `<` or `=` and a revision',
    arguments: z.strictObject({ revision: revisionRange }),
  }),
  ports: precondition({
    holds: 'all of these are declared',
    arguments: z.strictObject({ ports: z.array(z.enum(PORT_NAMES)).min(1) }),
  }),
  identities: precondition({
    holds: '2: the device file names a second newsroom ([`otherNcsId`](device-file.md#otherncsid))',
    arguments: z.strictObject({ identities: z.literal(2) }),
  }),
  answered: precondition({
    holds: 'an earlier request was answered, and not refused',
    arguments: z.strictObject({ answered: knownName.describe('An earlier request') }),
    uses: ({ answered }) => used('answered', answered, 'sent'),
  }),
  check: precondition({
    holds: 'the received message `on` stands up to the check',
    arguments: z.strictObject({ check: z.enum(CHECKS), on: knownName }),
    uses: ({ on }) => used('on', on, 'received'),
  }),
  closed: precondition({
    holds: 'the device has ended the connection',
    arguments: z.strictObject({
      closed: knownName.describe('The connection that the device must have ended'),
    }),
    uses: ({ closed }) => used('closed', closed, 'connection'),
    ends: ({ closed }) => [closed],
  }),
};

type Arguments = { [K in keyof typeof PRECONDITIONS]: (typeof PRECONDITIONS)[K]['arguments'] };

const ARGUMENTS = Object.fromEntries(
  Object.entries(PRECONDITIONS).map(([kind, definition]) => [kind, definition.arguments]),
) as Arguments;

/** The arguments of `require`: exactly one kind. */
export const PRECONDITION = namedKinds('requirement', ARGUMENTS);

/** A precondition: where it does not hold, the test ends as not applicable with the reason. */
export type Precondition = OfKind<Arguments>;

/** What a precondition can be about. */
export type PreconditionKind = Precondition['kind'];

/** The precondition of one kind. */
export type PreconditionOf<K extends PreconditionKind> = Extract<Precondition, { kind: K }>;

/** The names of earlier steps that a precondition uses. */
export function usesOf(needed: Precondition): Used[] {
  return definitionOf(needed).uses?.(needed) ?? [];
}

/** The connections that the device has ended where a precondition holds. */
export function endsOf(needed: Precondition): string[] {
  return definitionOf(needed).ends?.(needed) ?? [];
}

function definitionOf({ kind }: Precondition): PreconditionDefinition<z.ZodObject> {
  return PRECONDITIONS[kind] as unknown as PreconditionDefinition<z.ZodObject>;
}
