import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { EXPECTATIONS } from '../../src/suite/expectations/index.ts';
import { PRECONDITIONS } from '../../src/suite/preconditions.ts';
import { VERBS } from '../../src/suite/verbs/index.ts';
import { blocks, code, table } from './markdown.ts';

const PAGE = fileURLToPath(new URL('../../docs/writing-a-suite.md', import.meta.url));

/** `docs/writing-a-suite.md`: written by hand, but for what the files of the verbs and expectations say themselves. */
export function suitePage(): string {
  const parts = { language: language(), preconditions: preconditions() };
  return Object.entries(parts).reduce(
    (page, [name, text]) => replaced(page, name, text),
    readFileSync(PAGE, 'utf8'),
  );
}

/** The page with what stands between the two marks of this name written anew. */
function replaced(page: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name}: written by "npm run docs" -->`, `<!-- end of ${name} -->`];
  const [before, after] = [page.indexOf(start), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`docs/writing-a-suite.md has lost its mark "${name}"`);
  return `${page.slice(0, before)}${start}\n\n${text}\n\n${page.slice(after)}`;
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
