import type { Fault } from '../behaviour.ts';
import { encodeText } from '../../wire/encoding.ts';

/** Cuts its answers short. */
export const cutReply: Fault = {
  name: 'cut-reply',
  title: 'Cuts its answers short',
  description: 'The device leaves out the end tag of the root.',
  breaks: 'The newsroom waits for the rest of a message that never comes.',
  behave: ({ settings }) => ({
    encode: (_exchange, bytes) => bytes.subarray(0, -encodeText('</mos>', settings.encoding).length),
  }),
};
