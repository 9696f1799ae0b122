import type { Fault } from '../behaviour.ts';

/** Buffers an endless message for ever. */
export const buffersEndlessMessage: Fault = {
  name: 'buffers-endless-message',
  title: 'Buffers an endless message for ever',
  description: 'The device keeps every byte of a message that never ends instead of giving it up.',
  breaks: 'One broken sender fills the memory of the device.',
  behave({ settings }) {
    settings.messageLimit = Infinity;
    return {};
  },
};
