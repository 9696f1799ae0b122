import { PORT_NAMES, type PortName } from '../history/facts.ts';
import type { TestCase } from '../suite/model.ts';
import type { Target } from '../subject/target.ts';

/** The ports of a device on which a test is played, each by itself; none for a test that names its ports. */
export function portsOf({ each }: Pick<TestCase, 'each'>, { ports }: Pick<Target, 'ports'>): PortName[] {
  const declared = PORT_NAMES.filter((name) => ports[name] !== undefined);
  if (each === 'once') return [];
  return each === 'declared' ? declared : declared.filter((port) => each.includes(port));
}
