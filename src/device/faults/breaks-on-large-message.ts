import type { Fault } from '../behaviour.ts';

/** Has a small buffer. */
export const breaksOnLargeMessage: Fault = {
  name: 'breaks-on-large-message',
  title: 'Has a small buffer',
  description: 'The device gives up a message that is longer than 64 KiB and closes the connection.',
  breaks: 'Long running orders never arrive.',
  behave({ settings }) {
    settings.messageLimit = 64 * 1024;
    return {};
  },
};
