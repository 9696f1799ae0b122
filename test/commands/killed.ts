import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** What is known of a campaign that was killed. */
export interface Killed {
  /** Tests whose end was printed a second or more before. */
  ended: string[];
  /** Whether it had ended by itself before. */
  tooLate: boolean;
}

/** ms that the history may be behind. */
const BEHIND_MS = 1_000;

/** Runs the command line as a user does, and kills it with SIGKILL so many ms after its history has begun. */
export async function killAfter(ms: number, words: readonly string[], dir: string): Promise<Killed> {
  const child = spawn(process.execPath, ['dist/cli.js', ...words, '--out', dir], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const told: { key: string; at: number }[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    for (const [, key = ''] of chunk.toString().matchAll(/^(?:pass|fail|remark|skipped) +(\S+)/gm))
      told.push({ key, at: performance.now() });
  });
  const exited = once(child, 'exit');
  const history = join(dir, 'history.ndjson');
  while (child.exitCode === null && !(existsSync(history) && statSync(history).size > 0)) await pause(1);
  await Promise.race([exited, pause(ms)]);
  const tooLate = child.exitCode !== null;
  const killedAt = performance.now();
  child.kill('SIGKILL');
  await exited;
  return {
    ended: told.filter(({ at }) => at <= killedAt - BEHIND_MS).map(({ key }) => key),
    tooLate,
  };
}
