import { msToUs } from '../history/clock.ts';
import type { Connection } from '../ncs/connection.ts';
import type { TestRun } from '../scenario/run.ts';
import { endedByUsUs, viewOf } from '../judge/view.ts';

/** ms of quiet from which a close of the device has to do with nothing but the quiet. */
const QUIET_MS = 100;

/**
 * Learns from a test what the opening sanity test is too short to see: a device that closes quiet connections
 * closes first too. It only makes tests of such closes apply; nothing is held against the device.
 */
export function learnHabits(run: TestRun): void {
  for (const connection of run.connections) {
    const habits = connection.portName && run.context.habits[connection.portName];
    if (connection.portName === undefined || !habits || habits.closesOlder) continue;
    if (closedForQuiet(run, connection)) run.context.closesIdle(connection.portName);
  }
}

function closedForQuiet(run: TestRun, connection: Connection): boolean {
  if (connection.direction !== 'to device') return false;
  const facts = run.history.of(connection.name);
  const { openedUs, deviceFinUs, ...view } = viewOf(connection.name, facts);
  if (openedUs === undefined || deviceFinUs === undefined || view.resetUs !== undefined) return false;
  if ((endedByUsUs({ ...view, openedUs, deviceFinUs }) ?? Infinity) < deviceFinUs) return false;
  const spoken = facts.some((fact) => fact.kind === 'message' || fact.kind === 'bytes');
  return !spoken && deviceFinUs - openedUs > msToUs(QUIET_MS);
}
