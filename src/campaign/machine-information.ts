import type { PortName } from '../history/facts.ts';
import type { TestRun } from '../scenario/run.ts';
import { unplayedStep } from '../scenario/step-failure.ts';
import { closeConnection } from '../scenario/steps/end.ts';
import { SANITY } from '../suite/our-names.ts';
import { dialAs, sendAndWait } from './question.ts';

/**
 * The children of listMachInfo as text, the profiles as one list; absent where the device does not tell.
 * @throws StepFailure where something sends back what it is sent, which looks like an answer to a heartbeat
 */
export async function machineInformation(
  run: TestRun,
  port: PortName,
): Promise<Record<string, string> | undefined> {
  const connection = await dialAs(run, SANITY, port);
  if (connection.failure) return undefined;
  const result = await sendAndWait(
    run,
    connection,
    { message: 'reqMachInfo' },
    run.context.target.times.replyTime,
  );
  await closeConnection(run, connection);
  const body = result.came?.message.body;
  if (body?.name === 'reqMachInfo') {
    const { address } = run.context.target;
    const actual = `what answers at ${address} sends back what it is sent (reqMachInfo came as the answer to reqMachInfo): it is no MOS device`;
    throw unplayedStep('a MOS device', actual);
  }
  if (body?.name !== 'listMachInfo') return undefined;
  const told = body.children.filter((child) => child.children.length === 0 && child.text.trim() !== '');
  const machine = Object.fromEntries(told.map((child) => [child.name, child.text.trim().slice(0, 128)]));
  const profiles = body.children
    .filter((child) => child.name === 'supportedProfiles')
    .flatMap((block) => block.children)
    .filter((profile) => /^(yes|true)$/i.test(profile.text.trim()))
    .map((profile) => profile.attributes['number'] ?? '?');
  return { ...machine, ...(profiles.length > 0 && { profiles: [...new Set(profiles)].join(', ') }) };
}
