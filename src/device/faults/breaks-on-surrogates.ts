import { decodeText } from '../../wire/encoding.ts';
import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';

/** Loses its place behind a surrogate pair. */
export const breaksOnSurrogates: Fault = {
  name: 'breaks-on-surrogates',
  title: 'Loses its place behind a surrogate pair',
  description:
    'The device takes a character outside the basic plane for two bytes and finds no message on that connection any more.',
  breaks: 'One emoji in a title silences a connection.',
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
};
