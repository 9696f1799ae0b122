import type { Habit } from '../behaviour.ts';

/** Closes without answering after a FIN. */
export const noAnswerOnHalfClose: Habit = {
  name: 'no-answer-on-half-close',
  title: 'Closes without answering after a FIN',
  description: 'When a FIN follows a request, the device closes at once without answering it.',
  behave: (device) => ({
    answer(exchange, next, lose) {
      device.after(5, () => (exchange.connection.finReceived ? lose() : next()));
    },
    fin(connection, next) {
      if (connection.unanswered > 0) connection.finish();
      else next();
    },
  }),
};
