import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GENERATED_PAGES } from './docs/pages.ts';

/** Writes the pages of `docs/` that are made from the suites, the requirements and the faults. */
for (const { file, text } of GENERATED_PAGES) {
  writeFileSync(fileURLToPath(new URL(`../docs/${file}`, import.meta.url)), text());
}
