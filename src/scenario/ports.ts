import { PORT_NAMES, type PortName } from '../history/facts.ts';
import type { TestCase } from '../suite/model.ts';
import type { Target } from '../subject/target.ts';

/** The ports that a device declares, in their usual order. */
export function declaredPorts({ ports }: Pick<Target, 'ports'>): PortName[] {
  return PORT_NAMES.filter((name) => ports[name] !== undefined);
}

/** Those of the declared ports on which a test is played, each by itself; none for a test that names its ports. */
export function portsOf(
  { each }: Pick<TestCase, 'each'>,
  declared: readonly PortName[],
): readonly PortName[] {
  if (each === 'once') return [];
  return each === 'declared' ? declared : declared.filter((port) => each.includes(port));
}
