import { exec } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
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
  try {
    await promisify(exec)(command, { timeout: RESTART_MS, signal });
  } catch (error) {
    return `the restart command failed: ${sentence(error)}`;
  }
  const deadlineUs = nowUs() + msToUs(Math.max(START_MS, recoveryMs));
  for (;;) {
    const stop = await whyNot();
    if (stop === undefined) return undefined;
    if (signal.aborted || nowUs() >= deadlineUs)
      return `the restart command did not bring the device back (${stop})`;
    await pause(RESTART_PAUSE_MS);
  }
}
