import type { Habit } from '../behaviour.ts';

/** Closes on unknown IDs. */
export const closesOnUnknownIds: Habit = {
  name: 'closes-on-unknown-ids',
  title: 'Closes on unknown IDs',
  description:
    'The device closes a connection on which a message for somebody else comes, without an answer.',
  behave: ({ settings }) => ({
    message(connection, message, next) {
      const isOurs =
        message.mosID === settings.mosId && settings.ncsIds.some((known) => known === message.ncsID);
      if (!message.body || isOurs) next();
      else connection.finish();
    },
  }),
};
