import { decodeText, encodeText } from '../../wire/encoding.ts';
import type { MosElement } from '../../wire/types.ts';
import { changesAnswer, family, setTo } from './shapes.ts';

/** Faults in the form of what the device sends: encoding, markup, spelling, order of elements. */
export const WRITING = family({
  'utf-8-reply': setTo((settings) => {
    settings.encoding = 'utf-8';
  }),
  'little-endian-reply': setTo((settings) => {
    settings.encoding = 'ucs-2le';
  }),
  'bom-reply': changesAnswer(({ form }) => {
    form.byteOrderMark = true;
  }),
  'cut-reply': {
    behave: ({ settings }) => ({
      encode: (_exchange, bytes) => bytes.subarray(0, -encodeText('</mos>', settings.encoding).length),
    }),
  },
  'junk-after-connect': {
    behave: ({ settings }) => ({
      opened(connection) {
        if (!connection.dialled) connection.send(encodeText('READY\r\n', settings.encoding));
      },
    }),
  },
  'malformed-reply': {
    behave: () => ({
      encode({ answer }, bytes) {
        const end = `</${answer.body.name}>`;
        const text = decodeText(bytes, 'ucs-2be');
        return encodeText(text.replace(end, `<x-title>Fish & Chips</x-title>${end}`), 'ucs-2be');
      },
    }),
  },
  'misspelt-reply': changesAnswer(({ answer }) => {
    answer.body = { ...answer.body, children: answer.body.children.map(capitalised) };
  }),
  'invalid-reply': changesAnswer(({ answer }) => {
    answer.body = { ...answer.body, children: answer.body.children.toReversed() };
  }),
});

function capitalised(element: MosElement): MosElement {
  const { name } = element;
  return { ...element, name: name.slice(0, 1).toUpperCase() + name.slice(1) };
}
