import type { Habit } from '../behaviour.ts';

/** Writes one element a line. */
export const pretty: Habit = {
  name: 'pretty',
  title: 'Writes one element a line',
  description: 'The device indents its messages and puts every element on a line of its own.',
  behave: () => ({
    answer(exchange, next) {
      exchange.form.pretty = true;
      next();
    },
  }),
};
