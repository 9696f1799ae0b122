import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

/**
 * The detection tables of all groups and the names of the faults. With `--whole` every fault is tried against
 * every test, those included that should not notice it; anything else goes to mocha.
 */
const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const own = process.argv.slice(2);
const args = [mocha, '--config', 'test/detection/.mocharc.json', ...own.filter((one) => one !== '--whole')];
const { status } = spawnSync(process.execPath, args, {
  stdio: 'inherit',
  env: { ...process.env, ...(own.includes('--whole') && { DETECTION: 'whole' }) },
});
process.exit(status ?? 1);
