import type { Habit } from '../behaviour.ts';
import { isKnown } from '../known.ts';

/** Closes after an unknown message. */
export const closesOnUnknown: Habit = {
  name: 'closes-on-unknown',
  title: 'Closes after an unknown message',
  description: 'The device closes a connection on which a message comes that it does not know.',
  behave: () => ({
    message(connection, message, next) {
      if (isKnown(message.name)) next();
      else connection.finish();
    },
  }),
};
