import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The command line as it is published: what users wait for. */
export const CLI: string = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** @throws Error where it has not been built */
export function needBuild(): void {
  if (!existsSync(CLI)) throw new Error('dist/cli.js is not there: "npm run prepare" makes it');
}
