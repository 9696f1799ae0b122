import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * The detection tables that take too long for `npm test`, which says what it leaves to this script in
 * test/.mocharc.json. With `--whole` every fault is tried against every test, the faults that should not be noticed
 * included; anything else goes to mocha.
 */
const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const own = process.argv.slice(2);
const isWhole = own.includes('--whole');
const { ignore } = JSON.parse(readFileSync('test/.mocharc.json', 'utf8')) as { ignore: string[] };
const args = [
  '--config',
  'test/detection/.mocharc.json',
  ...own.filter((one) => one !== '--whole'),
  ...ignore,
];
const { status } = spawnSync(process.execPath, [mocha, ...args], {
  stdio: 'inherit',
  env: { ...process.env, ...(isWhole && { DETECTION: 'whole' }) },
});
process.exit(status ?? 1);
