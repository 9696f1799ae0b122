import type { PortName } from '../history/facts.ts';
import type { PortHabits } from '../results/results.ts';
import type { Target } from '../subject/target.ts';
import { isSlowDevice } from './slow.ts';

/** A device that declares fewer connections than this is tested one by one. */
const FEW = 16;

/** Tests that may wait at once for a device that takes its time to answer. */
const SLOW_JOBS = 8;

/** How many tests may be under way at once on a device, of so many that were asked for; 1 where it bears no company. */
export function jobsFor(
  wanted: number,
  { maxConnections }: Target,
  habits: Readonly<Partial<Record<PortName, PortHabits>>>,
): number {
  const isShort = Object.values(habits).some(
    ({ closesOlder, servesTwo, slowsWithTwo }) => closesOlder || servesTwo === false || slowsWithTwo,
  );
  if (maxConnections < FEW || isShort) return 1;
  return isSlowDevice(habits) ? Math.min(wanted, SLOW_JOBS) : wanted;
}
