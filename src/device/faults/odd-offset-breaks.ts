import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';

/** Bytes of a message up to which it is short; how the network cuts a longer one is nobody's choice. */
const SHORT = 16 * 1024;

/** Breaks on half a character. */
export const oddOffsetBreaks: Fault = {
  name: 'odd-offset-breaks',
  title: 'Breaks on half a character',
  description:
    'While a message is short, the device decodes every read by itself and loses a byte where one ends in the middle of a character.',
  breaks: 'Now and then a message turns to garbage, depending on how the network cuts it.',
  behave: () => {
    const inMessage = new WeakMap<Connection, number>();
    return {
      read(connection, chunk) {
        const received = (inMessage.get(connection) ?? 0) + chunk.length;
        inMessage.set(connection, received);
        return received < SHORT ? chunk.subarray(0, chunk.length - (chunk.length % 2)) : chunk;
      },
      framed(connection, frames) {
        if (frames.length > 0) inMessage.delete(connection);
        return frames;
      },
    };
  },
};
