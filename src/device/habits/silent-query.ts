import type { Habit } from '../behaviour.ts';

/** Silent query port. */
export const silentQuery: Habit = {
  name: 'silent-query',
  title: 'Silent query port',
  description: 'The device accepts and releases connections on its query port but answers nothing there.',
  behave: () => ({
    message(connection, _message, next, ignore) {
      if (connection.port === 'query') ignore();
      else next();
    },
  }),
};
