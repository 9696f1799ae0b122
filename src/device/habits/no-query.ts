import type { Habit } from '../behaviour.ts';

/** No query port. */
export const noQuery: Habit = {
  name: 'no-query',
  title: 'No query port',
  description: 'The device does not listen on a query port.',
  behave({ settings }) {
    settings.ports.delete('query');
    return {};
  },
};
