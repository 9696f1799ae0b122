import { decodeText } from '../../wire/encoding.ts';
import type { Fault } from '../behaviour.ts';

/** Ends a message at the first end tag of a root. */
export const breaksOnNestedRoot: Fault = {
  name: 'breaks-on-nested-root',
  title: 'Ends a message at the first end tag of a root',
  description:
    'The device takes the end tag of a mos document inside a payload for the end of the message and drops the fragments.',
  breaks: 'Messages with a mos document in their metadata are lost.',
  behave: () => ({
    framed: (_connection, frames) =>
      frames.filter(({ bytes, encoding }) => decodeText(bytes, encoding).split('</mos>').length <= 2),
  }),
};
