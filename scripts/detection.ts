import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** The whole detection matrix: every fault against every test, those included that should not notice it. */
const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const args = [mocha, '--config', 'test/.mocharc.json', '--spec', 'test/detection/*.test.ts'];
const { status } = spawnSync(process.execPath, args, {
  stdio: 'inherit',
  env: { ...process.env, DETECTION: 'whole' },
});
process.exit(status ?? 1);
