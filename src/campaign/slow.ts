import type { PortName } from '../history/facts.ts';
import type { PortHabits } from '../results/results.ts';

/** ms to a reply from which a device counts as slow: needless questions would cost the campaign its time. */
const SLOW_MS = 200;

/** Whether an answer on a port of these habits takes long. */
export function isSlow(habits: PortHabits | undefined): boolean {
  return (habits?.replyMs ?? 0) >= SLOW_MS;
}

/** Whether an answer on any port takes so long that it is worth doing something else meanwhile. */
export function isSlowDevice(habits: Readonly<Partial<Record<PortName, PortHabits>>>): boolean {
  return Object.values(habits).some(isSlow);
}
