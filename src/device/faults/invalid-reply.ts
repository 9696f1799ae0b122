import type { Fault } from '../behaviour.ts';

/** Writes elements out of order. */
export const invalidReply: Fault = {
  name: 'invalid-reply',
  title: 'Writes elements out of order',
  description: 'The device writes the children of its answers in the reverse order.',
  breaks: 'Newsrooms that read strictly lose the values or the message.',
  behave: () => ({
    answer(exchange, next) {
      const { body } = exchange.answer;
      exchange.answer = { ...exchange.answer, body: { ...body, children: body.children.toReversed() } };
      next();
    },
  }),
};
