import { decodeText } from '../../wire/encoding.ts';
import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';

/** Does not skip white space. */
export const breaksOnWhiteSpace: Fault = {
  name: 'breaks-on-white-space',
  title: 'Does not skip white space',
  description:
    'The device drops a message that is indented, and one that a read begins with white space before.',
  breaks: 'Newsrooms that write messages for people to read get no answer.',
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
};
