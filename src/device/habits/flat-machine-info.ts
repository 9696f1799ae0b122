import { element } from '../../wire/xml.ts';
import type { Habit } from '../behaviour.ts';

/** Claims its profiles in the flat form. */
export const flatMachineInfo: Habit = {
  name: 'flat-machine-info',
  title: 'Claims its profiles in the flat form',
  description: 'The device writes mosProfile0 to mosProfile7, as revisions before 2.8.4 have it.',
  behave: ({ settings }) => ({
    answer(exchange, next) {
      const { body } = exchange.answer;
      if (body.name === 'listMachInfo') {
        const answers = Array.from({ length: 8 }, (_none, profile) =>
          element(`mosProfile${profile}`, settings.profiles.has(profile) ? 'YES' : 'NO'),
        );
        const children = body.children.flatMap((child) =>
          child.name === 'supportedProfiles' ? answers : [child],
        );
        exchange.answer.body = { ...body, children };
      }
      next();
    },
  }),
};
