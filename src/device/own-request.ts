import { encodeMessage } from '../wire/encode.ts';
import type { MosElement } from '../wire/types.ts';
import type { Settings } from './settings.ts';

/** The bytes of a request of the device's own, which go to the first newsroom that it is configured for. */
export function encodeOwnRequest(
  { mosId, ncsIds, encoding }: Settings,
  messageID: number,
  body: MosElement,
): Buffer {
  return encodeMessage({ mosID: mosId, ncsID: ncsIds[0] ?? '', messageID, body }, encoding);
}
