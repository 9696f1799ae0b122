import type { Fault } from '../behaviour.ts';
import { isKnown } from '../answers.ts';
import { leaksAfter } from '../leaks-after.ts';
import { isMalformed } from '../malformed.ts';

/** Leaks connections that carried an unknown message. */
export const leakAfterUnknownMessage: Fault = {
  name: 'leak-after-unknown-message',
  title: 'Leaks connections that carried an unknown message',
  description: 'The device never closes a connection that carried a message which it does not know.',
  breaks: 'A newsroom of a newer revision costs the device a socket with every connection.',
  behave: () => leaksAfter((message) => !isMalformed(message) && !isKnown(message.name)),
};
