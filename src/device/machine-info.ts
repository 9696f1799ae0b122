import { listMachInfo } from '../wire/messages.ts';
import type { MosElement } from '../wire/types.ts';
import type { Settings } from './settings.ts';

/** What the device says of itself (MOS 2.8.5 section 4.1.3). */
export function machineInformation({ mosId, profiles, startedAt }: Settings): MosElement {
  return listMachInfo({
    manufacturer: 'mos-conformance',
    model: 'Reference device',
    swRev: '1',
    SN: 'REFERENCE-1',
    ID: mosId,
    opTime: startedAt,
    mosRev: '2.8.5',
    profiles: [...profiles],
  });
}
