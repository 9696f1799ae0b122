import type { Cycle } from './cycle.ts';
import type { WatchedEnd } from './watched-end.ts';

/** The ends of a connection that a look is for: that of the device only where it can be seen at all. */
export function endsOf(cycle: Cycle): WatchedEnd[] {
  const { ncs, device } = cycle;
  if (!ncs || !device) return [];
  if (!cycle.looked) return [ncs, device];
  if (cycle.kind === 'abort') return [device];
  return device.seen ? [ncs, device] : [ncs];
}

/**
 * What the last look says of a connection that we ended: released where both ends have let go, as far as each
 * was ever seen; by absence where nothing but the missing socket here shows it.
 */
export function releaseOf(cycle: Cycle): 'released' | 'released by absence' | 'standing' {
  const { ncs, device, kind } = cycle;
  if (!ncs || !device || !(ncs.seen || device.seen)) return 'standing';
  const ourEndGone = kind === 'abort' || ncs.gone;
  const theirEndGone = !device.seen || device.gone;
  if (!ourEndGone || !theirEndGone) return 'standing';
  return !device.seen && ncs.state === 'none' ? 'released by absence' : 'released';
}

/** In which states an unreleased connection is, as far as anything shows it. */
export function whereLeft(cycle: Cycle): string {
  const { ncs, device, kind } = cycle;
  const parts: string[] = [];
  if (ncs?.seen && kind !== 'abort') parts.push(`${shown(ncs)} here`);
  if (device?.seen) parts.push(`${shown(device)} at the device`);
  return parts.join(' and ') || 'no FIN of the device';
}

function shown(end: WatchedEnd): string {
  return end.state === 'none' ? 'nothing' : end.state;
}
