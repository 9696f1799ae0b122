import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { msToUs, nowUs } from '../history/clock.ts';
import { sentence } from '../observe/blind.ts';

/** ms that a `restart:` command of the device file may take. */
const RESTART_MS = 60_000;

/** ms that a restarted device is given at least until it answers. */
const START_MS = 20_000;

/** ms between two looks whether a restarted device answers. */
const RESTART_PAUSE_MS = 200;

/** How a device is brought back. */
export interface Restart {
  /** The `restart:` command of the device file. */
  command: string;
  /** ms that the device may take to answer, where that is longer than it is given anyway. */
  recoveryMs: number;
  /** Why the device does not answer now; undefined where it does. */
  whyNot: () => Promise<string | undefined>;
  signal: AbortSignal;
}

/**
 * Runs the restart command and waits until the device answers again; the result says, in one clause, why it does not.
 * Never rejects on account of the command.
 */
export async function restartDevice({
  command,
  recoveryMs,
  whyNot,
  signal,
}: Restart): Promise<string | undefined> {
  const problem = await runShell(command, signal);
  if (problem !== undefined) return `the restart command failed: ${problem}`;
  const deadlineUs = nowUs() + msToUs(Math.max(START_MS, recoveryMs));
  for (;;) {
    const stop = await whyNot();
    if (stop === undefined) return undefined;
    if (signal.aborted || nowUs() >= deadlineUs)
      return `the restart command did not bring the device back (${stop})`;
    await pause(RESTART_PAUSE_MS);
  }
}

/**
 * Runs a command until its shell ends; what it leaves running in the background is not waited for. It writes to a file:
 * a pipe would be broken under whatever goes on.
 * @returns what went wrong, in a clause
 */
async function runShell(command: string, signal: AbortSignal): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'mos-restart-'));
  const path = join(folder, 'output');
  const output = openSync(path, 'w');
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  try {
    const child = spawn(command, { shell: true, stdio: ['ignore', output, output], signal });
    timer = setTimeout(() => {
      isLate = child.kill();
    }, RESTART_MS);
    const [code, killedBy] = (await once(child, 'exit')) as [number | null, string | null];
    if (code === 0) return undefined;
    const said = readFileSync(path, 'utf8').trim().split('\n').at(-1) ?? '';
    if (isLate) return `it did not end within ${RESTART_MS / 1_000} s`;
    const how = code === null ? `it was ended by ${killedBy}` : `it ended with code ${code}`;
    return said === '' ? how : `${how}: ${said}`;
  } catch (error) {
    return sentence(error);
  } finally {
    clearTimeout(timer);
    closeSync(output);
    rmSync(folder, { recursive: true, force: true });
  }
}
