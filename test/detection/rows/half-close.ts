import type { HALF_CLOSE } from '../../../src/faults/half-close.ts';
import { rows } from './row.ts';

/** What each fault of the family `half-close` fails. */
export const HALF_CLOSE_ROWS = rows<typeof HALF_CLOSE>({
  'drops-reply-on-half-close': {
    fails: ['HC-02?'],
  },
  'hangs-on-half-close': {
    takes: ['HC'],
    fails: [
      'REL-05',
      'REL-05H',
      'REL-06',
      'HC-02?',
      'HC-05',
      'HC-06',
      'LANE-23',
      'LANE-24',
      'GRID-01',
      'GRID-03',
    ],
  },
  'answers-half-close-then-leaks': {
    takes: ['HC'],
    fails: ['REL-05H', 'HC-05', 'HC-06', 'LANE-23', 'LANE-24', 'GRID-01', 'GRID-03'],
  },
});
