import type { LEAK_AMONG_MANY } from '../../../src/faults/leak-among-many.ts';
import { rows } from './row.ts';

/** What each fault of the family `leak-among-many` fails. */
export const LEAK_AMONG_MANY_ROWS = rows<typeof LEAK_AMONG_MANY>({
  'leak-every-nth': {
    underChurn: 500,
    fails: ['CON-03', 'REL-09', 'HC-04', 'CH-01', 'CH-02'],
  },
  'descriptor-leak-on-close': {
    takes: ['REL'],
    fails: ['REL-09', 'DC-03'],
  },
  'leak-after-reset': {
    fails: ['RC-03', 'CH-03M'],
  },
  'leak-above-32': {
    fails: ['CH-02'],
  },
});
