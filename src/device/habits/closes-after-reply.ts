import type { Habit } from '../behaviour.ts';

/** Closes after each reply. */
export const closesAfterReply: Habit = {
  name: 'closes-after-reply',
  title: 'Closes after each reply',
  description: 'The device closes the connection after every answer.',
  behave: () => ({
    sent({ via }) {
      if (!via.dialled && via.unanswered <= 1) via.finish();
    },
  }),
};
