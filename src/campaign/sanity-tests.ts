import type { TestResult } from '../results/results.ts';
import { SANITY_TESTS } from '../suite/our-names.ts';
import { unplayedYet } from './unplayed-yet.ts';

/** The first test of every campaign. */
export const OPENING = {
  id: SANITY_TESTS.opening,
  title: 'The device answers and the observers see',
  heading: 'Sanity',
} as const;

/** The last test of every campaign. */
export const CLOSING = {
  id: SANITY_TESTS.closing,
  title: 'The device still answers',
  heading: 'Sanity, once more',
} as const;

/** The result of a sanity test before it is played. */
export function sanitySkeleton(id: string, title: string, seed: number): TestResult {
  return {
    key: id,
    id,
    title,
    group: 'SANITY',
    suite: 'built in',
    origin: 'built in',
    tier: 'quick',
    level: 'must',
    covers: ['SOCK-CON-01'],
    ...unplayedYet(seed),
  };
}
