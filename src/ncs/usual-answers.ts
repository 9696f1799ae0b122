import { EXCHANGES, expectsAnswer } from '../wire/answers.ts';
import { isMessageName } from '../wire/message-names.ts';
import { heartbeat, listMachInfo, mosAck, roAck } from '../wire/messages.ts';
import type { DecodedMessage, MosElement } from '../wire/types.ts';
import { childText, element } from '../wire/xml.ts';

/** Who the NCS says it is. */
export interface NcsIdentity {
  mosId: string;
  ncsId: string;
  /** The MOS revision that it speaks. */
  revision: string;
}

/** Revisions in which the profiles of a listMachInfo stand in a container (MOS 2.8.5 section 4.1.3). */
const WITH_CONTAINER = new Set(['2.8.4', '2.8.5']);

/** The profiles of the simulated newsroom. */
const PROFILES = [0, 1, 2];

/**
 * What a newsroom with nothing in it answers to a message of a device, or undefined where MOS owes no answer: to
 * an answer, and to what cannot be read. Status and objects are acknowledged; what is asked for does not exist.
 */
export function usualAnswer(message: DecodedMessage, identity: NcsIdentity): MosElement | undefined {
  const { name, body } = message;
  if (!body || (isMessageName(name) && !expectsAnswer(name))) return undefined;
  if (name === 'heartbeat') return heartbeat();
  if (name === 'reqMachInfo') return machineInformation(identity);
  if (name === 'roReqAll') return element('roListAll', []);
  if (!isMessageName(name)) return mosAck({ status: 'NACK', statusDescription: 'unknown message' });
  const { answer } = EXCHANGES[name];
  const roID = childText(body, 'roID') ?? '0';
  if (answer === 'roAck') return roAck(roID, 'OK');
  if (name === 'roReq') return roAck(roID, 'no such running order');
  const objID = childText(body, 'objID');
  const status = answer === 'mosAck' ? 'ACK' : 'NACK';
  return mosAck({ status, ...(objID !== undefined && { objID }) });
}

/** The message element of this name with its usual content, for a test that wants another answer than the usual. */
export function namedAnswer(name: string, asked: DecodedMessage, identity: NcsIdentity): MosElement {
  const roID = (asked.body && childText(asked.body, 'roID')) ?? '0';
  if (name === 'heartbeat') return heartbeat();
  if (name === 'listMachInfo') return machineInformation(identity);
  if (name === 'roAck') return roAck(roID, 'OK');
  if (name === 'mosAck') return mosAck({ status: 'ACK' });
  return element(name);
}

function machineInformation({ ncsId, revision }: NcsIdentity): MosElement {
  return listMachInfo({
    manufacturer: 'mos-conformance',
    model: 'NCS simulator',
    ID: ncsId,
    mosRev: revision,
    deviceType: 'NCS',
    profiles: PROFILES,
    profileForm: WITH_CONTAINER.has(revision) ? 'container' : 'flat',
  });
}
