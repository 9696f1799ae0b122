import type { Fault } from '../behaviour.ts';

/** Answers with a messageID of its own. */
export const wrongMessageId: Fault = {
  name: 'wrong-message-id',
  title: 'Answers with a messageID of its own',
  description: 'The device numbers its answers by itself instead of repeating the messageID of the request.',
  breaks: 'The newsroom cannot match answers to requests and repeats them.',
  behave: () => {
    let count = 700_000_000;
    return {
      answer(exchange, next) {
        exchange.answer.messageID = ++count;
        next();
      },
    };
  },
};
