import type { Fault } from '../behaviour.ts';
import { leaksAfter } from '../leaks-after.ts';
import { isMalformed } from '../malformed.ts';

/** Leaks connections that carried malformed XML. */
export const leakAfterMalformed: Fault = {
  name: 'leak-after-malformed',
  title: 'Leaks connections that carried malformed XML',
  description: 'The device never closes a connection that carried a message which is not well formed.',
  breaks: 'Whoever sends it rubbish costs the device a socket each time.',
  behave: () => leaksAfter(isMalformed),
};
