import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { bundle } from '../../scripts/build/bundle.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Before the first test, once for all processes of mocha: tests of the command line run what a user would. */
export async function mochaGlobalSetup(): Promise<void> {
  await bundle(ROOT, join(ROOT, 'dist'));
}
