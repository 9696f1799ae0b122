import type { TestResult } from '../results/results.ts';
import { SANITY_TESTS } from '../suite/our-names.ts';
import { unplayedYet } from './unplayed-yet.ts';

/** The first test of every campaign. */
export const OPENING = {
  id: SANITY_TESTS.opening,
  title: 'The device answers and the observers see',
  heading: 'Sanity',
  covers: ['SOCK-CON-01'],
} as const;

/** What became of the connections of all tests. */
export const LEFT = {
  id: SANITY_TESTS.left,
  title: 'Every connection is released, whatever test it belonged to',
  heading: 'Sanity, once more',
  covers: ['SOCK-REL-02', 'SOCK-HC-05', 'SOCK-AB-06'],
} as const;

/** The last test of every campaign. */
export const CLOSING = {
  id: SANITY_TESTS.closing,
  title: 'The device still answers',
  heading: 'Sanity, once more',
  covers: ['SOCK-CON-01'],
} as const;

/** A test that has no suite. */
export type SanityTest = typeof OPENING | typeof LEFT | typeof CLOSING;

/** All of them, in the order of the results. */
export const SANITY: readonly SanityTest[] = [OPENING, LEFT, CLOSING];

/** The result of a sanity test before it is played. */
export function sanitySkeleton({ id, title, covers }: SanityTest, seed: number): TestResult {
  return {
    key: id,
    id,
    title,
    group: 'SANITY',
    suite: 'built in',
    origin: 'built in',
    tier: 'quick',
    level: 'must',
    covers: [...covers],
    ...unplayedYet(seed),
  };
}
