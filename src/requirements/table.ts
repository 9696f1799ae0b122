import type { Level } from '../results/verdict.ts';
import type { Requirement } from './requirement.ts';

const LEVELS: readonly string[] = ['must', 'should', 'may'] satisfies Level[];

/**
 * Reads requirements from a table of text, one a line: `ID | level | what the device owes | source clause`.
 * A table shows a family at a glance where objects would spread it over pages.
 * @throws Error on a line that is not such a row: a slip of ours, found when the module loads
 */
export function requirementTable(text: string): readonly Requirement[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(readRow);
}

function readRow(line: string): Requirement {
  const [id, level, duty, source, ...rest] = line.split('|').map((cell) => cell.trim());
  if (!id || !level || !duty || !source || rest.length > 0 || !LEVELS.includes(level)) {
    throw new Error(`not a row of requirements: ${line}`);
  }
  return { id, level: level as Level, text: duty, source };
}
