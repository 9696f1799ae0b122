import { SLOW_ANSWER } from './slow-answer.ts';
import type { Fault } from '../behaviour.ts';

/** Answers after a half-close, then leaks. */
export const answersHalfCloseThenLeaks: Fault = {
  name: 'answers-half-close-then-leaks',
  title: 'Answers after a half-close, then leaks',
  description: 'When a FIN follows a request, the device answers it and never closes.',
  breaks: 'The answer arrives, yet the connection stays in FIN_WAIT_2 and in CLOSE_WAIT on the device.',
  behave: (device) => ({
    answer: (_exchange, next) => void device.after(SLOW_ANSWER, next),
    fin(connection, next) {
      if (connection.unanswered === 0) next();
    },
  }),
};
