import type { Habit } from '../behaviour.ts';

/** Speaks UTF-8. */
export const utf8: Habit = {
  name: 'utf-8',
  title: 'Speaks UTF-8',
  description: 'The device writes UTF-8, as its device file declares.',
  behave({ settings }) {
    settings.encoding = 'utf-8';
    return {};
  },
};
