import { existsSync, readFileSync } from 'node:fs';
import { COMPILED } from '../package.ts';
import type { Suite } from './model.ts';

let known: ReadonlyMap<string, Suite> | undefined;

/**
 * What the build of this program has read of the built-in suites, by the SHA-256 of their files: a file that is as it
 * was then need not be read and checked again. Nothing where this is not a build.
 */
export function compiledSuites(): ReadonlyMap<string, Suite> {
  known ??= new Map(
    COMPILED !== undefined && existsSync(COMPILED)
      ? (JSON.parse(readFileSync(COMPILED, 'utf8')) as Suite[]).map((suite) => [suite.sha256, suite])
      : [],
  );
  return known;
}
