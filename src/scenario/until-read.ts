import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { msToUs, nowUs } from '../history/clock.ts';
import type { Connection } from '../ncs/connection.ts';
import type { TestRun } from './run.ts';

/** ms that a device gets to read what has arrived; one that reads later may find two segments in one read. */
const READ_MS = 20;

/** ms between two segments where nobody can see whether the device has read the first. */
const BLIND_MS = 1;

/** Waits until the device has read what was sent to it, where its end of the connection can be seen; else a moment. */
export async function untilRead(run: TestRun, connection: Connection): Promise<void> {
  const endUs = nowUs() + msToUs(READ_MS);
  const { tuple } = connection;
  for (;;) {
    const unread = tuple && run.context.unread(tuple);
    if (unread === undefined) return pause(BLIND_MS);
    if (unread === 0 || nowUs() >= endUs) return;
    await nextTurn();
  }
}
