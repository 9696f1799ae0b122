import { parseMosNumber } from '../wire/message-id.ts';
import { mosAck, mosListAll, mosObj } from '../wire/messages.ts';
import { childText } from '../wire/xml.ts';
import type { MosElement } from '../wire/types.ts';
import type { Host } from './host.ts';
import { OBJECTS } from './objects.ts';
import { refusal } from './refusal.ts';

/** The object that was asked for, or a refusal that names it (MOS 2.8.5 section 3.1.3). */
export function answerReqObj(request: MosElement): MosElement {
  const objID = childText(request, 'objID') ?? '';
  const object = OBJECTS.find((candidate) => candidate.objID === objID);
  if (object) return mosObj(object);
  return objID === '' ? refusal('objID is missing') : refusal('unknown object', objID.slice(0, 128));
}

/**
 * Acknowledges mosReqAll and has the newsroom sent all objects: in one mosListAll for a pause of 0, otherwise one by
 * one with so many seconds between them (MOS 2.8.5 sections 2.2 and 3.2.1). Without a newsroom to dial the request
 * is refused, because nothing could follow.
 */
export function answerReqAll(request: MosElement, device: Host): MosElement {
  const pause = parseMosNumber(childText(request, 'pause') ?? '');
  if (pause === undefined || pause < 0) return refusal('pause is missing or no number');
  const lane = device.lane('lower');
  if (!lane) return refusal('no newsroom is configured to send the objects to');
  const objects = OBJECTS.map(mosObj);
  if (!lane.hasRoomFor(objects.length)) return refusal('too many messages wait for the newsroom');
  // The acknowledgement goes first; the list is a request of its own on the device's own connection.
  if (pause === 0) device.after(0, () => void lane.request(mosListAll(objects)));
  else
    objects.forEach((object, index) => device.after(index * pause * 1_000, () => void lane.request(object)));
  return mosAck({ status: 'ACK' });
}
