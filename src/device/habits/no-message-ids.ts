import type { Habit } from '../behaviour.ts';

/** Speaks without messageIDs. */
export const noMessageIds: Habit = {
  name: 'no-message-ids',
  title: 'Speaks without messageIDs',
  description: 'The device answers without messageID, as revisions before 2.8.1 do.',
  behave: () => ({
    answer(exchange, next) {
      delete exchange.answer.messageID;
      next();
    },
  }),
};
