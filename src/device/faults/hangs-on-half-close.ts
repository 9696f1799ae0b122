import { SLOW_ANSWER } from './slow-answer.ts';
import type { Fault } from '../behaviour.ts';

/** Hangs on a half-close after a request. */
export const hangsOnHalfClose: Fault = {
  name: 'hangs-on-half-close',
  title: 'Hangs on a half-close after a request',
  description: 'When a FIN follows a request, the device neither answers it nor closes.',
  breaks: 'The request is lost and the connection stays in FIN_WAIT_2.',
  behave: (device) => ({
    answer(exchange, next) {
      device.after(SLOW_ANSWER, () => {
        if (!exchange.connection.finReceived) next();
      });
    },
    fin(connection, next) {
      if (connection.unanswered === 0) next();
    },
  }),
};
