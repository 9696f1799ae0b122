import type { Fault } from '../behaviour.ts';

/** Puts two messages into one envelope. */
export const severalMessages: Fault = {
  name: 'several-messages',
  title: 'Puts two messages into one envelope',
  description: 'Each answer holds its message element twice.',
  breaks: 'A newsroom reads one of them, or refuses both.',
  behave: () => ({
    answer(exchange, next) {
      exchange.form.extraSiblings = [exchange.answer.body];
      next();
    },
  }),
};
