import { PORT_NAMES } from '../history/facts.ts';
import type { Target } from '../subject/target.ts';
import { connectionsOf, type PlannedTest } from './plan.ts';
import { missingPermissions } from './applicability.ts';

/** Says before anything reaches the device what will be done to it. */
export function announce(target: Target, planned: readonly PlannedTest[]): string {
  const ports = PORT_NAMES.flatMap((name) =>
    target.ports[name] === undefined ? [] : [`${name} ${target.ports[name]}`],
  );
  const selected = planned.filter((one) => one.leftOut === undefined);
  const permitted = selected.filter((one) => missingPermissions(one, target).length === 0);
  const probes = ports.length * (permitted.length + 5);
  const connections = permitted.reduce((sum, one) => sum + connectionsOf(one.test.steps, target), probes);
  const permissions = [...target.permissions].join(', ') || 'none';
  const resolved = target.host === target.address ? '' : ` (${target.host})`;
  return [
    `Device       ${target.name} at ${target.address}${resolved}: ${ports.join(', ')}`,
    `Identities   mosID ${target.mosId}, ncsID ${target.ncsId}`,
    `Permissions  ${permissions}`,
    `Will run     ${permitted.length} of ${selected.length} tests, about ${connections} connections`,
  ].join('\n');
}
