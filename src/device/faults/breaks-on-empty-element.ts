import { decodeText } from '../../wire/encoding.ts';
import type { Fault } from '../behaviour.ts';

/** Does not understand an empty pair of tags. */
export const breaksOnEmptyElement: Fault = {
  name: 'breaks-on-empty-element',
  title: 'Does not understand an empty pair of tags',
  description:
    'The device drops a message in which an element stands as a start tag directly followed by its end tag.',
  breaks: 'It works with newsrooms that write the short form only.',
  behave: () => ({
    framed: (_connection, frames) =>
      frames.filter(({ bytes, encoding }) => !/<([\w:.-]+)><\/\1>/.test(decodeText(bytes, encoding))),
  }),
};
