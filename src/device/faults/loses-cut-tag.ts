import { decodeText } from '../../wire/encoding.ts';
import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';

const WHOLE_ROOT_TAG = /<mos(\s[^>]*)?>/;
const END_TAG = '</mos>';

/** Loses a message whose first tag is cut. */
export const losesCutTag: Fault = {
  name: 'loses-cut-tag',
  title: 'Loses a message whose first tag is cut',
  description:
    'The device looks for the tag that opens a message in each read by itself and misses one that is cut in two.',
  breaks: 'Now and then a message is not answered, depending on how the network cuts it.',
  behave({ settings }) {
    const lastRead = new WeakMap<Connection, string>();
    return {
      read(connection, chunk) {
        const text = decodeText(chunk, settings.encoding);
        lastRead.set(connection, text);
        const seen = connection.incomplete || WHOLE_ROOT_TAG.test(text);
        return seen ? chunk : Buffer.alloc(0);
      },
      framed(connection, frames) {
        if (!connection.incomplete || frames.length === 0) return frames;
        const text = lastRead.get(connection) ?? '';
        const tail = text.slice(text.lastIndexOf(END_TAG) + END_TAG.length);
        if (!WHOLE_ROOT_TAG.test(tail)) connection.forgetIncomplete();
        return frames;
      },
    };
  },
};
