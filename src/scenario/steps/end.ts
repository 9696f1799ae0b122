import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '../../ncs/connection.ts';
import type { TestRun } from '../run.ts';

/** ms that a FIN is waited for, so that whatever comes next leaves after it; longer only unread bytes hold it up. */
const FIN_MS = 100;

/**
 * Closes one connection. Where no means sees a socket without a descriptor, ours is kept behind the FIN: the
 * same FIN on the wire, and the only way to learn from our end whether the device's came.
 */
export async function closeConnection(run: TestRun, connection: Connection): Promise<void> {
  await run.act();
  if (run.context.seesOrphans) return connection.close();
  run.history.record({
    kind: 'note',
    connection: connection.name,
    about: 'harness',
    text: 'closed with the descriptor kept, because nothing here sees a socket without one',
  });
  connection.halfClose();
}

/** Does one of the simple verbs to every connection of the newest batch of a name. */
export async function endAll(
  run: TestRun,
  name: string,
  verb: 'half-close' | 'close' | 'abort' | 'pause-reading' | 'resume-reading',
): Promise<void> {
  await run.act();
  const batch = run.latest(name);
  if (verb === 'close') {
    await Promise.all(batch.map((connection) => closeConnection(run, connection)));
    return;
  }
  if (verb === 'half-close') {
    await Promise.race([Promise.all(batch.map((one) => one.halfClose())), pause(FIN_MS)]);
    return;
  }
  for (const connection of batch) {
    if (verb === 'abort') connection.abort();
    else if (verb === 'pause-reading') connection.pauseReading();
    else connection.resumeReading();
  }
}
