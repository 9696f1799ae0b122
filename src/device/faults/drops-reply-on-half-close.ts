import { SLOW_ANSWER } from './slow-answer.ts';
import type { Fault } from '../behaviour.ts';

/** Drops the reply on a half-close. */
export const dropsReplyOnHalfClose: Fault = {
  name: 'drops-reply-on-half-close',
  title: 'Drops the reply on a half-close',
  description: 'When a FIN follows a request, the device closes at once without answering it.',
  breaks:
    'A newsroom that sends its last request and closes its sending side never learns what became of it.',
  behave: (device) => ({
    answer(exchange, next, lose) {
      device.after(SLOW_ANSWER, () => (exchange.connection.finReceived ? lose() : next()));
    },
    fin(connection, next) {
      if (connection.unanswered > 0) connection.finish();
      else next();
    },
  }),
};
