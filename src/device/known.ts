import { expectsAnswer } from '../wire/answers.ts';
import { isMessageName } from '../wire/message-names.ts';

/** The requests that the device serves. */
const SERVED = new Set(['heartbeat', 'reqMachInfo', 'mosReqObj', 'mosReqAll']);

/** Whether a message answers another: it is never answered itself (MOS 2.8.5 section 3). */
export function isAnswer(name: string): boolean {
  return isMessageName(name) && !expectsAnswer(name);
}

/** Whether the device knows the message: a request that it serves, or an answer. */
export function isKnown(name: string): boolean {
  return SERVED.has(name) || isAnswer(name);
}
