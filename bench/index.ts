/** One table of what the harness takes, beside what one would use instead: docs/performance.md says how. */
import { readFileSync, writeFileSync } from 'node:fs';
import { wishesOf, type Wishes } from './command-line.ts';
import { load, machine } from './machine.ts';
import { measureAll } from './measure.ts';
import { PAGE, pageWith } from './page.ts';
import { tableOf } from './table.ts';

const words = process.argv.slice(2);

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function main({ benches, quick, json, write }: Wishes): Promise<void> {
  const before = load();
  const date = new Date().toISOString();
  const { rows, notices, failed } = await measureAll(benches, { quick, say });
  process.stdout.write(`${json ? JSON.stringify(rows, undefined, 2) : tableOf(rows)}\n`);
  if (failed) process.exitCode = 1;
  if (!write) return;
  const command = ['npm run bench --', ...words].join(' ');
  const circumstances = { machine: machine(), date, load: [before, load()] as const, command, notices };
  writeFileSync(PAGE, pageWith(readFileSync(PAGE, 'utf8'), rows, circumstances));
}

const wishes = wishesOf(words);
if (typeof wishes === 'string') {
  say(wishes);
  process.exitCode = 2;
} else {
  await main(wishes);
}
