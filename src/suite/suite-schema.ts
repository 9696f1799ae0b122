import { z } from 'zod';
import { oneOrMore, words } from '../document/schemas.ts';
import { PORT_NAMES } from '../history/facts.ts';
import { PERMISSIONS } from '../subject/target.ts';
import { complain } from './complaint.ts';
import { BUILTIN_GROUPS, groupNamed, GROUPS, type Group, type GroupName } from './groups.ts';
import { TIERS } from './model.ts';
import { stepSchema } from './verbs/index.ts';

const port = z.union([z.enum(['declared', 'once', ...PORT_NAMES]), z.array(z.enum(PORT_NAMES)).min(1)]);

/** On which ports the tests of a suite, or one test, run. */
const each = z.strictObject({ port }).describe('One run per port: declared, once, or a list of ports');

const tests = {
  id: z.string().regex(/^[A-Z][A-Z0-9]{0,15}(-[A-Z0-9]{1,16}){1,4}$/, {
    error: ({ input }) =>
      input === undefined ? undefined : 'expected an ID such as REL-02: capitals, digits and "-"',
  }),
  title: words,
  tier: z.enum(TIERS).optional(),
  needs: oneOrMore(z.enum(PERMISSIONS)).optional().describe('What a campaign must be permitted'),
  each: each.optional(),
  alone: z.boolean().optional().describe('Whether no other test may wait for the device meanwhile'),
};

/** A group that no built-in suite has. */
const ownGroup = z
  .strictObject({
    id: z.string().regex(/^[A-Z][A-Z0-9]{0,15}$/, {
      error: ({ input }) =>
        input === undefined ? undefined : 'expected a short name such as ACME: capitals and digits',
    }),
    title: words,
  })
  .check(
    complain((own) =>
      (['id', 'title'] as const).flatMap((key) => {
        const taken = groupNamed(own[key], BUILTIN_GROUPS);
        const text = `"${own[key]}" is a built-in group; did you mean "group: ${taken?.id}"?`;
        return taken ? [{ path: [key], text }] : [];
      }),
    ),
  );

const group = z
  .union([z.enum(Object.keys(GROUPS) as [GroupName, ...GroupName[]]), ownGroup])
  .transform((said): Group => (typeof said === 'string' ? { id: said, title: GROUPS[said] } : said))
  .describe('A built-in group, or one of your own: its short name and its title');

/** What a suite says before its tests. */
const head = {
  suite: words.describe('The title of the suite'),
  group,
  intro: words.optional().describe('What the behaviour is and why it matters'),
  each: each.optional(),
};

/** A suite whose tests are checked one by one. */
export const suiteHead = z.strictObject({ ...head, tests: z.array(z.unknown()).min(1) });

/** A test whose steps are checked one by one. */
export const testHead = z.strictObject({ ...tests, steps: z.array(z.unknown()).min(1) });

/** A suite as a whole, for the schema that editors use. */
export const suiteSchema = z.strictObject({
  ...head,
  tests: z.array(z.strictObject({ ...tests, steps: z.array(stepSchema).min(1) })).min(1),
});

/** The keys by which a suite is recognised. */
export const SUITE_KEYS: readonly string[] = Object.keys(suiteSchema.shape);
