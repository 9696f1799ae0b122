import { mosAck } from '../wire/messages.ts';
import type { MosElement } from '../wire/types.ts';

/** A negative acknowledgement (MOS 2.8.5 section 3.1.1); the reason is cut to the 128 characters it may have. */
export function refusal(reason: string, objID = '0'): MosElement {
  return mosAck({ status: 'NACK', objID, statusDescription: reason.slice(0, 128) });
}
