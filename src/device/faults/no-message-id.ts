import type { Fault } from '../behaviour.ts';

/** Answers without messageID. */
export const noMessageId: Fault = {
  name: 'no-message-id',
  title: 'Answers without messageID',
  description: 'The device leaves out the messageID of its answers.',
  breaks: 'Newsrooms that match answers by messageID wait in vain.',
  behave: () => ({
    answer(exchange, next) {
      delete exchange.answer.messageID;
      next();
    },
  }),
};
