import { readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { checkValue } from '../document/check.ts';
import { text, words } from '../document/schemas.ts';
import { readYaml } from '../document/yaml-file.ts';
import { inPackage } from '../package.ts';

const FOLDER = inPackage('fixtures/dialects');

const dialectSchema = z.strictObject({
  dialect: words,
  source: words,
  quirks: z.array(words).min(1),
  envelope: z.strictObject({ messageID: z.literal(false) }).exactOptional(),
  form: z.strictObject({ pretty: z.boolean().exactOptional() }).exactOptional(),
  machineInfo: z
    .strictObject({
      mosRev: text,
      profileForm: z.enum(['container', 'flat', 'none']),
      profiles: z.array(z.int().min(0).max(7)),
      time: text.exactOptional(),
      opTime: text.exactOptional(),
    })
    .exactOptional(),
});

/** How one newsroom system speaks where it differs from the specification: a file of fixtures/dialects. */
export type Dialect = z.output<typeof dialectSchema>;

/** The names of the dialects that come with the package. */
export const DIALECT_NAMES: readonly string[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => path.basename(file, '.yaml'))
  .toSorted();

const read = new Map<string, Dialect>();

/**
 * The dialect of this name.
 * @throws Error where its file is no dialect, which is a mistake of the package
 */
export function dialectNamed(name: string): Dialect {
  const known = read.get(name);
  if (known) return known;
  const { file, problems } = readYaml(path.join(FOLDER, `${name}.yaml`));
  const checked = file ? checkValue(file, [], file.value, dialectSchema) : { problems };
  if (!checked.value) throw new Error(checked.problems.map((problem) => problem.text).join('; '));
  read.set(name, checked.value);
  return checked.value;
}
