import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Compiles src to dist from scratch, so that a file that was removed does not live on there. The remedies are
 * Markdown, which the compiler leaves behind; they are read from beside the code.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(join(root, 'dist'), { recursive: true, force: true });
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
const remedies = join('faults', 'remedies');
for (const file of readdirSync(join(root, 'src', remedies)).filter((name) => name.endsWith('.md'))) {
  copyFileSync(join(root, 'src', remedies, file), join(root, 'dist', remedies, file));
}
chmodSync(join(root, 'dist', 'cli.js'), 0o755);
