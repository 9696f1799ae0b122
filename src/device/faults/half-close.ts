import { family } from './shapes.ts';

/**
 * How long these devices think about an answer, in ms: long enough for a FIN that follows the request without
 * waiting to arrive before it, short enough to slow nothing else down.
 */
const SLOW_ANSWER = 80;

/** Faults that a half-close brings to light. */
export const HALF_CLOSE = family({
  'drops-reply-on-half-close': {
    behave: (device) => ({
      answer(exchange, next, lose) {
        device.after(SLOW_ANSWER, () => (exchange.connection.finReceived ? lose() : next()));
      },
      fin(connection, next) {
        if (connection.unanswered > 0) connection.finish();
        else next();
      },
    }),
  },
  'hangs-on-half-close': {
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
  },
  'answers-half-close-then-leaks': {
    behave: (device) => ({
      answer: (_exchange, next) => void device.after(SLOW_ANSWER, next),
      fin(connection, next) {
        if (connection.unanswered === 0) next();
      },
    }),
  },
});
