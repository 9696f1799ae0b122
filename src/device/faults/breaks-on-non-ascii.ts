import { decodeText } from '../../wire/encoding.ts';
import type { Fault } from '../behaviour.ts';

/** Drops text beyond ASCII. */
export const breaksOnNonAscii: Fault = {
  name: 'breaks-on-non-ascii',
  title: 'Drops text beyond ASCII',
  description: 'The device drops a message that holds a character beyond ASCII.',
  breaks: 'Titles in most languages of the world are lost.',
  behave: () => ({
    framed: (_connection, frames) =>
      frames.filter(({ bytes, encoding }) => !/[^\p{ASCII}]/u.test(decodeText(bytes, encoding))),
  }),
};
