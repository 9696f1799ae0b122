import { decodeText } from '../../wire/encoding.ts';
import type { Connection } from '../connection.ts';
import { family, loses, setTo } from './shapes.ts';

/** Bytes of a message up to which it is short; how the network cuts a longer one is nobody's choice. */
const SHORT = 16 * 1024;

const WHOLE_ROOT_TAG = /<mos(\s[^>]*)?>/;
const END_TAG = '</mos>';

/** Faults of finding the messages in a stream of bytes. */
export const FRAMING = family({
  'one-read-one-message': {
    behave: () => ({
      read(connection, chunk) {
        connection.forgetIncomplete();
        return chunk;
      },
      framed: (_connection, frames) => frames.slice(0, 1),
    }),
  },
  'first-message-only': {
    behave: () => ({ framed: (_connection, frames) => frames.slice(0, 1) }),
  },
  'odd-offset-breaks': {
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
  },
  'loses-cut-tag': {
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
  },
  'breaks-on-white-space': {
    behave({ settings }) {
      const afterBlank = new WeakSet<Connection>();
      return {
        read(connection, chunk) {
          if (!connection.incomplete && /^\s/.test(decodeText(chunk, settings.encoding)))
            afterBlank.add(connection);
          return chunk;
        },
        framed(connection, frames) {
          if (frames.length === 0) return frames;
          const rest = afterBlank.delete(connection) ? frames.slice(1) : frames;
          return rest.filter(({ bytes, encoding }) => !/^<mos[^>]*>\s/.test(decodeText(bytes, encoding)));
        },
      };
    },
  },
  'breaks-on-root-attributes': loses((text) => !text.startsWith('<mos>')),
  'breaks-on-nested-root': loses(holdsNestedRoot),
  'crashes-on-nested-root': {
    behave: (device) => ({
      framed(_connection, frames) {
        const isNested = frames.some(({ bytes, encoding }) => holdsNestedRoot(decodeText(bytes, encoding)));
        if (!isNested) return frames;
        device.exit();
        return [];
      },
    }),
  },
  'breaks-on-large-message': setTo((settings) => {
    settings.messageLimit = 256 * 1024;
  }),
  'stuck-on-full-buffer': {
    parameter: { means: 'length of the buffer that is read into', unit: 'count', default: 4_096 },
    behave: (_device, length) => {
      const stuck = new WeakSet<Connection>();
      return {
        framed: (connection, frames) =>
          frames.filter(({ bytes }) => {
            if (bytes.length % length === 0) stuck.add(connection);
            return !stuck.has(connection);
          }),
      };
    },
  },
  'breaks-on-surrogates': {
    behave: () => {
      const lost = new WeakSet<Connection>();
      return {
        framed: (connection, frames) =>
          frames.filter(({ bytes, encoding }) => {
            if (/[\u{10000}-\u{10FFFF}]/u.test(decodeText(bytes, encoding))) lost.add(connection);
            return !lost.has(connection);
          }),
      };
    },
  },
});

function holdsNestedRoot(text: string): boolean {
  return text.split(END_TAG).length > 2;
}
