import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { msToUs, nowUs } from '../history/clock.ts';
import type { Connection } from '../ncs/connection.ts';
import type { TestRun } from './run.ts';

/** ms that a device gets to read what has arrived, unless a suite says so; one that polls takes its time. */
const READ_MS = 500;

/** ms without a break between two looks while a device reads at once; later ones leave it the processor. */
const BUSY_MS = 5;

/** ms between two segments where nobody can see whether the device has read the first, growing where that was too short. */
export const BLIND_PAUSES_MS = [2, 20, 120] as const;

/**
 * Waits until the device's application has read what was sent to it, so that the next piece comes in a read of its own.
 * Where its end of the connection cannot be seen, a pause must do.
 * @returns whether the pieces are separate for all that can be seen
 */
export async function untilRead(run: TestRun, connection: Connection, withinMs = READ_MS): Promise<boolean> {
  const startUs = nowUs();
  const { tuple } = connection;
  for (;;) {
    const unread = tuple && run.context.deviceEnd(tuple)?.unread;
    if (unread === undefined) return pause(run.blindPauseMs ?? BLIND_PAUSES_MS[0], true);
    if (unread === 0) return true;
    const waitedUs = nowUs() - startUs;
    if (waitedUs >= msToUs(withinMs) || run.context.signal.aborted) return false;
    if (waitedUs < msToUs(BUSY_MS)) await nextTurn();
    else await pause(1);
  }
}
