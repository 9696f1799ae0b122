import { build } from 'esbuild';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtinSuites } from '../../src/suite/builtin.ts';
import { readSuites } from '../../src/suite/read.ts';

/**
 * Bundles `src` of this repository from scratch: the entries, and in chunks beside them what they share and what is
 * loaded when it is used. Packages stay where they are; suites, fixtures and remedies are read from the package
 * (src/package.ts), but the built-in suites need not be read and checked again: what became of them lies beside.
 * @param root the repository
 * @param dist the folder of the bundles; what was in it is removed
 * @throws Error where a built-in suite has a problem
 */
export async function bundle(root: string, dist: string): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: {
      cli: 'src/cli.ts',
      register: 'src/register.ts',
      'churn-thread': 'src/scenario/churn/main.ts',
    },
    outdir: dist,
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
  chmodSync(join(dist, 'cli.js'), 0o755);
  const { suites, problems } = readSuites(builtinSuites());
  if (problems.length > 0) throw new Error(problems.map(({ text }) => text).join('\n'));
  writeFileSync(join(dist, 'suites.json'), JSON.stringify(suites));
}
