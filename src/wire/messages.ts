import { toElement } from './message-objects.ts';
import type { MosObject } from './message-objects.ts';
import type { MosElement } from './types.ts';
import { element } from './xml.ts';

/** A time as MOS writes it: `YYYY-MM-DDThh:mm:ss,dddZ` (MOS 2.8.5 section 6), in UTC. */
export function mosTime(date: Date = new Date()): string {
  return date.toISOString().replace('.', ',');
}

function timeText(time: Date | string | undefined): string {
  return typeof time === 'string' ? time : mosTime(time);
}

/** heartbeat (MOS 2.8.5 section 4.1.1); the time is now unless given. */
export function heartbeat(time?: Date | string): MosElement {
  return toElement('heartbeat', { time: timeText(time) });
}

/** reqMachInfo (MOS 2.8.5 section 4.1.2). */
export function reqMachInfo(): MosElement {
  return toElement('reqMachInfo', {});
}

/** The numbers of the profiles of MOS 2.8.5 section 2. */
const PROFILES = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** What a machine says of itself (MOS 2.8.5 section 4.1.3); what is not given is written empty. */
export interface MachineInfo {
  manufacturer?: string;
  model?: string;
  hwRev?: string;
  swRev?: string;
  /** Date of manufacture, free text. */
  DOM?: string;
  SN?: string;
  /** The machine's identification, usually its mosID or ncsID. */
  ID: string;
  time?: Date | string;
  /** When the machine was last started. */
  opTime?: Date | string;
  /** Such as `2.8.5`. */
  mosRev: string;
  deviceType?: 'MOS' | 'NCS';
  /** The profiles answered with YES; all others are NO. */
  profiles: readonly number[];
  /** `container` since 2.8.4, `flat` (mosProfile0 ... mosProfile7) before, `none` where a device says nothing. */
  profileForm?: 'container' | 'flat' | 'none';
  externalMetadata?: readonly MosObject<'mosExternalMetadata'>[];
}

/** listMachInfo (MOS 2.8.5 section 4.1.3), the answer to reqMachInfo. */
export function listMachInfo(info: MachineInfo): MosElement {
  const { manufacturer = '', model = '', hwRev = '', swRev = '', DOM = '', SN = '', ID, mosRev } = info;
  return toElement('listMachInfo', {
    ...{ manufacturer, model, hwRev, swRev, DOM, SN, ID, mosRev },
    time: timeText(info.time),
    ...(info.opTime !== undefined && { opTime: timeText(info.opTime) }),
    ...profileFields(info),
    ...(info.externalMetadata && { mosExternalMetadata: [...info.externalMetadata] }),
  });
}

function profileFields({
  profiles,
  profileForm,
  deviceType,
}: MachineInfo): Partial<MosObject<'listMachInfo'>> {
  const answers = PROFILES.map((profile) => (profiles.includes(profile) ? 'YES' : 'NO'));
  if (profileForm === 'none') return {};
  if (profileForm === 'flat') {
    return Object.fromEntries(answers.map((answer, profile) => [`mosProfile${profile}`, answer]));
  }
  const mosProfile = answers.map((text, profile) => ({ text, attributes: { number: String(profile) } }));
  return { supportedProfiles: [{ attributes: { deviceType: deviceType ?? 'MOS' }, mosProfile }] };
}

/** The content of an acknowledgement on the lower port (MOS 2.8.5 section 3.1.1). */
export interface Acknowledgement {
  status: 'ACK' | 'NACK';
  /** The object concerned; `0` where there is none. */
  objID?: string;
  objRev?: number | string;
  /** The reason of a NACK, or the new objID. */
  statusDescription?: string;
}

/** mosAck (MOS 2.8.5 section 3.1.1). */
export function mosAck({
  status,
  objID = '0',
  objRev = 0,
  statusDescription = '',
}: Acknowledgement): MosElement {
  return toElement('mosAck', { objID, objRev, status, statusDescription });
}

/** A media object (MOS 2.8.5 section 3.1.2): the fields of mosObj, its constants and times typed more closely. */
export interface MediaObject extends Omit<MosObject<'mosObj'>, 'created' | 'changed'> {
  objType: 'STILL' | 'AUDIO' | 'VIDEO';
  objAir: 'READY' | 'NOT READY';
  created: Date | string;
  changed: Date | string;
}

/** mosObj (MOS 2.8.5 section 3.1.2). */
export function mosObj(object: MediaObject): MosElement {
  return toElement('mosObj', {
    ...object,
    created: timeText(object.created),
    changed: timeText(object.changed),
  });
}

/** mosListAll (MOS 2.8.5 section 3.2.2) of mosObj elements. */
export function mosListAll(objects: readonly MosElement[]): MosElement {
  return element('mosListAll', objects);
}

/** roAck (MOS 2.8.5 section 3.4.1): roStatus is `OK` or says what is wrong. */
export function roAck(roID: string, roStatus: string): MosElement {
  return toElement('roAck', { roID, roStatus });
}
