import type { Habit } from '../behaviour.ts';
import { waitsForPlace } from '../places.ts';

/** Lets connections wait for a free place. */
export const waitsForFreePlace: Habit = {
  name: 'waits-for-free-place',
  title: 'Lets connections wait for a free place',
  description: 'The device serves so many connections at once; one more waits until another has ended.',
  parameter: { means: 'most connections served at once, all ports together', unit: 'count', default: 16 },
  behave: (_device, limit) => waitsForPlace(limit),
};
