import type { Fault } from '../behaviour.ts';

/** Needs a messageID. */
export const needsMessageId: Fault = {
  name: 'needs-message-id',
  title: 'Needs a messageID',
  description: 'The device does not answer a request without messageID.',
  breaks: 'Newsrooms of MOS 2.8 and older, which send none, cannot use the device.',
  behave: () => ({
    message(_connection, message, next, ignore) {
      if (message.messageID === undefined) ignore();
      else next();
    },
  }),
};
