import { decodeText } from '../../wire/encoding.ts';
import type { Fault } from '../behaviour.ts';

/** Does not decode references. */
export const breaksOnReferences: Fault = {
  name: 'breaks-on-references',
  title: 'Does not decode references',
  description:
    'The device reads XML by patterns and drops a message that holds a character reference or an entity.',
  breaks: 'Messages with an ampersand in a title are lost.',
  behave: () => ({
    framed: (_connection, frames) =>
      frames.filter(({ bytes, encoding }) => !decodeText(bytes, encoding).includes('&')),
  }),
};
