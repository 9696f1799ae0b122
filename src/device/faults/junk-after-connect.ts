import type { Fault } from '../behaviour.ts';
import { encodeText } from '../../wire/encoding.ts';

/** Sends a greeting. */
export const junkAfterConnect: Fault = {
  name: 'junk-after-connect',
  title: 'Sends a greeting',
  description: 'The device sends a line of text that is no MOS message as soon as a connection is open.',
  breaks: 'Newsrooms that expect a message close the connection.',
  behave: ({ settings }) => ({
    opened(connection) {
      if (!connection.dialled) connection.send(encodeText('READY\r\n', settings.encoding));
    },
  }),
};
