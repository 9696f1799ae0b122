import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Tuple } from '../../src/history/facts.ts';

/** What one would do instead of a look: it ends when the text of the table is here; nobody has read it yet. */
export type Other = (tuples: readonly Tuple[]) => Promise<unknown>;

/** Beyond so many ports a filter of ss costs more than it saves. */
const MOST_FILTERED = 16;

const MOST_OUTPUT = 256 * 1024 * 1024;

/** Each way by its name. */
export const OTHERS: Readonly<Record<string, Other>> = {
  ss: (tuples) => output('ss', ['-tanH', ...filterOf(tuples)]),
  netstat: () => output('netstat', ['-tan']),
  '/proc/net/tcp': () => readFile('/proc/net/tcp'),
};

function filterOf(tuples: readonly Tuple[]): string[] {
  if (tuples.length > MOST_FILTERED) return [];
  return [tuples.map(({ local: { port } }) => `sport = :${port} or dport = :${port}`).join(' or ')];
}

const run = promisify(execFile);

function output(command: string, options: string[]): Promise<unknown> {
  return run(command, options, { maxBuffer: MOST_OUTPUT });
}
