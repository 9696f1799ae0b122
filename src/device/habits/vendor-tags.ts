import { element } from '../../wire/xml.ts';
import type { Habit } from '../behaviour.ts';

/** Adds elements of its vendor. */
export const vendorTags: Habit = {
  name: 'vendor-tags',
  title: 'Adds elements of its vendor',
  description: 'The device adds an element of its own to every message, after those of MOS.',
  behave: () => ({
    answer(exchange, next) {
      const { body } = exchange.answer;
      exchange.answer.body = { ...body, children: [...body.children, element('vendorNote', 'on air')] };
      next();
    },
  }),
};
