import type { Fault } from '../behaviour.ts';

/** Answers twice. */
export const duplicateReply: Fault = {
  name: 'duplicate-reply',
  title: 'Answers twice',
  description: 'The device sends every answer twice.',
  breaks: 'The newsroom takes the second one for the answer to its next request.',
  behave: () => ({
    answer(exchange, next) {
      exchange.copies *= 2;
      next();
    },
  }),
};
