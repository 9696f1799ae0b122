import { didYouMean } from '../document/similar.ts';
import { MOS_CONNECTION_REQUIREMENTS } from './mos-connection.ts';
import { MOS_ENCODING_REQUIREMENTS } from './mos-encoding.ts';
import { MOS_ENVELOPE_REQUIREMENTS } from './mos-envelope.ts';
import { MOS_ERROR_REQUIREMENTS } from './mos-errors.ts';
import { MOS_PROFILE_0_REQUIREMENTS } from './mos-profile-0.ts';
import { MOS_PROFILE_1_REQUIREMENTS } from './mos-profile-1.ts';
import { MOS_PROFILE_2_REQUIREMENTS } from './mos-profile-2.ts';
import { MOS_PROFILE_3_REQUIREMENTS } from './mos-profile-3.ts';
import { MOS_PROFILE_4_REQUIREMENTS } from './mos-profile-4.ts';
import { MOS_PROFILE_5_TO_7_REQUIREMENTS } from './mos-profile-5-to-7.ts';
import { MOS_RESYNC_REQUIREMENTS } from './mos-resync.ts';
import type { Requirement } from './requirement.ts';
import { SOCKET_REQUIREMENTS } from './sockets.ts';

/** Every duty of a device by its ID, in the order of the documents they come from. */
export const REQUIREMENTS: ReadonlyMap<string, Requirement> = collect([
  SOCKET_REQUIREMENTS,
  MOS_CONNECTION_REQUIREMENTS,
  MOS_ENCODING_REQUIREMENTS,
  MOS_ENVELOPE_REQUIREMENTS,
  MOS_PROFILE_0_REQUIREMENTS,
  MOS_PROFILE_1_REQUIREMENTS,
  MOS_PROFILE_2_REQUIREMENTS,
  MOS_PROFILE_3_REQUIREMENTS,
  MOS_PROFILE_4_REQUIREMENTS,
  MOS_PROFILE_5_TO_7_REQUIREMENTS,
  MOS_ERROR_REQUIREMENTS,
  MOS_RESYNC_REQUIREMENTS,
]);

/**
 * Where a socket requirement says the same as one of MOS, more exactly: the family or the single ID whose
 * level wins, by the ID of the MOS requirement that gives way.
 */
export const SUPERSEDED_BY: ReadonlyMap<string, string> = new Map([
  ['MOS-CONN-03', 'SOCK-CON-02'],
  ['MOS-CONN-05', 'SOCK-CH'],
  ['MOS-CONN-06', 'SOCK-REL'],
  ['MOS-ERR-08', 'SOCK-ST-01'],
]);

/**
 * The requirement of this ID.
 * @throws Error naming the nearest ID where there is no such requirement
 */
export function requirement(id: string): Requirement {
  const found = REQUIREMENTS.get(id);
  if (found) return found;
  throw new Error(`unknown requirement "${id}"${didYouMean(id, REQUIREMENTS.keys())}`);
}

function collect(families: readonly (readonly Requirement[])[]): ReadonlyMap<string, Requirement> {
  const all = new Map<string, Requirement>();
  for (const entry of families.flat()) {
    if (all.has(entry.id)) throw new Error(`requirement ${entry.id} stands twice`);
    all.set(entry.id, entry);
  }
  return all;
}
