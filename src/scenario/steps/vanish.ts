import type { Connection } from '../../ncs/connection.ts';
import { vanish } from '../../ncs/vanish.ts';
import { viewOf } from '../../judge/view.ts';
import { partName } from '../../suite/our-names.ts';
import type { TestRun } from '../run.ts';
import { NotApplicable, unplayedStep } from '../step-failure.ts';
import { dial, untilRoom } from './connect.ts';
import { closeConnection } from './end.ts';

/** ms that the device's host may take to learn that a connection has been gone for long. */
const CLEARING_MS = 1_000;

/** Makes our end of every connection of the newest batch disappear, without FIN or RST. */
export async function vanishAll(run: TestRun, name: string): Promise<void> {
  await run.act();
  const { canVanish, whyNotVanish } = run.context;
  if (!canVanish) throw new NotApplicable(whyNotVanish);
  for (const connection of run.latest(name)) {
    const problem = vanish(connection, run.history);
    if (problem === undefined) continue;
    throw unplayedStep('our end of the connection to disappear', problem, [connection.name]);
  }
}

/**
 * Frees the device of connections that vanished here: it would hold them for as long as it runs. A connection
 * attempt from the same address and port makes its kernel find out (RFC 9293 section 3.5.1): its old end is reset.
 */
export async function forgetVanished(run: TestRun): Promise<void> {
  const vanished = run.connections.filter(
    (one) => viewOf(one.name, run.history.of(one.name)).vanishedUs !== undefined,
  );
  await Promise.all(vanished.map((one) => clear(run, one)));
}

async function clear(run: TestRun, vanished: Connection): Promise<void> {
  const { tuple, portName } = vanished;
  if (!tuple || portName === undefined || vanished.direction === 'from device') return;
  const name = partName(vanished.name, 'cleared up');
  await untilRoom(run);
  const connection = await dial(run, { name, port: portName, local: tuple.local, timeoutMs: CLEARING_MS });
  if (!connection.failure) await closeConnection(run, connection);
  run.enter(name, [connection]);
}
