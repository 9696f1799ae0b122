import type { Habit } from '../behaviour.ts';

/** Writes the attributes of the root. */
export const rootAttributes: Habit = {
  name: 'root-attributes',
  title: 'Writes the attributes of the root',
  description: 'The device puts the attributes version and changeDate of the DTD on the mos element.',
  behave: () => ({
    answer(exchange, next) {
      exchange.form.rootAttributes = true;
      next();
    },
  }),
};
