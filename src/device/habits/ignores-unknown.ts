import type { Habit } from '../behaviour.ts';
import { isKnown } from '../known.ts';

/** Ignores unknown messages. */
export const ignoresUnknown: Habit = {
  name: 'ignores-unknown',
  title: 'Ignores unknown messages',
  description: 'The device passes over messages that it does not know instead of refusing them.',
  behave: () => ({
    message(_connection, message, next, ignore) {
      if (isKnown(message.name)) next();
      else ignore();
    },
  }),
};
