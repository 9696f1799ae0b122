import type { Connection } from '../../ncs/connection.ts';
import type { TestRun } from '../run.ts';

/**
 * Closes one connection. Where no means sees a socket without a descriptor, ours is kept behind the FIN: the
 * same FIN on the wire, and the only way to learn from our end whether the device's came.
 */
export async function closeConnection(run: TestRun, connection: Connection): Promise<void> {
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
  const batch = run.latest(name);
  if (verb === 'close') {
    await Promise.all(batch.map((connection) => closeConnection(run, connection)));
    return;
  }
  for (const connection of batch) {
    if (verb === 'half-close') connection.halfClose();
    else if (verb === 'abort') connection.abort();
    else if (verb === 'pause-reading') connection.pauseReading();
    else connection.resumeReading();
  }
}
