import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

/**
 * The detection tables of all groups and the names of the faults; the table that `npm test` holds is left out. With
 * `--whole` every fault is tried against every test, that table and the faults that should not be noticed included;
 * anything else goes to mocha.
 */
const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const own = process.argv.slice(2);
const isWhole = own.includes('--whole');
const args = [mocha, '--config', 'test/detection/.mocharc.json', ...own.filter((one) => one !== '--whole')];
if (!isWhole) args.push('--ignore', 'test/detection/sockets.test.ts');
const { status } = spawnSync(process.execPath, args, {
  stdio: 'inherit',
  env: { ...process.env, ...(isWhole && { DETECTION: 'whole' }) },
});
process.exit(status ?? 1);
