import type { Fault } from '../behaviour.ts';

/** Answers with a byte order mark. */
export const bomReply: Fault = {
  name: 'bom-reply',
  title: 'Answers with a byte order mark',
  description: 'The device puts a byte order mark before every answer.',
  breaks: 'Newsrooms that look for the first tag drop the message.',
  behave: () => ({
    answer(exchange, next) {
      exchange.form.byteOrderMark = true;
      next();
    },
  }),
};
