import { decodeText, encodeText } from '../../wire/encoding.ts';
import type { Fault } from '../behaviour.ts';

/** Writes XML by hand. */
export const malformedReply: Fault = {
  name: 'malformed-reply',
  title: 'Writes XML by hand',
  description: 'The device puts a tag of its own into every answer, with an ampersand that is not escaped.',
  breaks: 'Newsrooms that use an XML parser drop the answer.',
  behave: () => ({
    encode({ answer }, bytes) {
      const end = `</${answer.body.name}>`;
      const text = decodeText(bytes, 'ucs-2be');
      return encodeText(text.replace(end, `<x-title>Fish & Chips</x-title>${end}`), 'ucs-2be');
    },
  }),
};
