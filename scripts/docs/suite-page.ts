import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { EXPECTATIONS } from '../../src/suite/expectations/index.ts';
import { PRECONDITIONS } from '../../src/suite/preconditions.ts';
import { VERBS } from '../../src/suite/verbs/index.ts';
import { betweenMarks } from './between-marks.ts';
import { blocks, code, table } from './markdown.ts';

const PAGE = fileURLToPath(new URL('../../docs/writing-a-suite.md', import.meta.url));

/** `docs/writing-a-suite.md`: written by hand, but for what the files of the verbs and expectations say themselves. */
export function suitePage(): string {
  const parts = { language: language(), preconditions: preconditions() };
  return Object.entries(parts).reduce(
    (page, [name, text]) => betweenMarks(page, { name, by: 'npm run docs', text }),
    readFileSync(PAGE, 'utf8'),
  );
}

function language(): string {
  const verbs = Object.entries(VERBS).map(([verb, { does, arguments: args }]) => [
    `\`${verb}\``,
    does,
    keysOf(args),
  ]);
  const kinds = Object.entries(EXPECTATIONS).map(([kind, { holds, arguments: args }]) => [
    `\`${kind}\``,
    holds,
    keysOf(args),
  ]);
  const examples = [...Object.values(VERBS), ...Object.values(EXPECTATIONS)].map(({ example }) => example);
  return blocks(
    table(['Verb', 'What it does', 'Arguments'], verbs),
    table(['`expect`', 'Holds where', 'Arguments'], kinds),
    'Each of them once:',
    code('yaml', [...new Set(examples)].map((example) => `- ${example}`).join('\n')),
  );
}

function preconditions(): string {
  const rows = Object.entries(PRECONDITIONS).map(([key, { holds }]) => [`\`${key}\``, holds]);
  return table(['Key', 'Holds where'], rows);
}

/** The keys of a map of arguments; `covers`, which every step may have, goes without saying. */
function keysOf(args: z.ZodType): string {
  const schema = z.toJSONSchema(args, { io: 'input', unrepresentable: 'any' });
  const maps = [schema, ...(schema.anyOf ?? [])].flatMap(({ properties }) => properties ?? []);
  if (maps.length > 1) return 'one of the kinds below';
  return Object.keys(maps[0] ?? {})
    .filter((key) => key !== 'covers')
    .map((key) => `\`${key}\``)
    .join(', ');
}
