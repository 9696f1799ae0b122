import { isIncomplete } from '../wire/framer.ts';
import type { DecodedMessage } from '../wire/types.ts';
import { isKnown } from './known.ts';

/** Whether what came is no well-formed XML. A message that declares entities may well be, although it is not read. */
export function isMalformed(message: DecodedMessage): boolean {
  const found = (id: string): boolean => message.findings.some((finding) => finding.id === id);
  return isIncomplete(message) || (found('not-well-formed') && !found('entity-declaration'));
}

/** Whether this is well formed and of a type that the device does not know. */
export function isUnknown(message: DecodedMessage): boolean {
  return !isMalformed(message) && !isKnown(message.name);
}
