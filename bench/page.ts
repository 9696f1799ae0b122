import { fileURLToPath } from 'node:url';
import { betweenMarks } from '../scripts/docs/between-marks.ts';
import { blocks } from '../scripts/docs/markdown.ts';
import type { Row } from './row.ts';
import { tableOf } from './table.ts';
import { targetsTable } from './targets.ts';

/** How, where and when the rows of a page were measured. */
export interface Circumstances {
  machine: string;
  /** ISO 8601 */
  date: string;
  /** The load of the last minute, before and after. */
  load: readonly [string, string];
  command: string;
  notices: readonly string[];
}

/** The page that holds what was measured. */
export const PAGE: string = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

/** Such a page with these rows, and with what they reached of the targets. */
export function pageWith(page: string, rows: readonly Row[], circumstances: Circumstances): string {
  const by = 'npm run bench -- --write';
  const parts = { measurements: blocks(told(circumstances), tableOf(rows)), targets: targetsTable(rows) };
  return Object.entries(parts).reduce(
    (text, [name, part]) => betweenMarks(text, { name, by, text: part }),
    page,
  );
}

function told({ machine, date, load: [before, after], command, notices }: Circumstances): string {
  const sentence = `Measured on ${date.slice(0, 10)} with \`${command}\`: ${machine}; load ${before} before and ${after} after.`;
  return [sentence, ...notices].join(' ');
}
