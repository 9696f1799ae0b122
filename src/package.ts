import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** This module stands in a folder of the package: in `src`, or in `dist` as a part of a bundle. */
const HERE = import.meta.url;

/** The path of a file or folder of the package, from its root. */
export function inPackage(path: string): string {
  return fileURLToPath(new URL(`../${path}`, HERE));
}

const isSource = HERE.endsWith('.ts');

/** The command line's entry: compiled where this is, else its source. */
export const CLI: string = inPackage(isSource ? 'src/cli.ts' : 'dist/cli.js');

/** The entry of the thread in which a churn runs. */
export const CHURN_THREAD: string = inPackage(
  isSource ? 'src/scenario/churn/main.ts' : 'dist/churn-thread.js',
);

/**
 * Starts a thread.
 * @param entry the path of its module
 * @throws Error where this machine does not allow one more
 */
export function startThread(entry: string, options: Omit<WorkerOptions, 'workerData'>): Worker {
  if (!entry.endsWith('.ts')) return new Worker(entry, options);
  return new Worker(inPackage('scripts/typescript-thread.mjs'), { ...options, workerData: entry });
}

/** Where a build keeps the built-in suites as it has read them; undefined where this is no build. */
export const COMPILED: string | undefined = isSource ? undefined : inPackage('dist/suites.json');

let version: string | undefined;

/** The version in package.json, read once: at the end of a campaign there may be no descriptor left for it. */
export function toolVersion(): string {
  version ??= (JSON.parse(readFileSync(inPackage('package.json'), 'utf8')) as { version: string }).version;
  return version;
}
