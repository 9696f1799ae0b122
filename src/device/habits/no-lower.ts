import type { Habit } from '../behaviour.ts';

/** No lower port. */
export const noLower: Habit = {
  name: 'no-lower',
  title: 'No lower port',
  description: 'The device does not listen on the lower port.',
  behave({ settings }) {
    settings.ports.delete('lower');
    return {};
  },
};
