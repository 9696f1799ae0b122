import type { READING } from '../../../src/faults/reading.ts';
import { rows } from './row.ts';

/** What each fault of the family `reading` fails. */
export const READING_ROWS = rows<typeof READING>({
  'breaks-on-unknown-tag': {
    fails: ['FRM-13'],
  },
  'breaks-on-empty-element': {
    fails: ['FRM-16?'],
  },
  'breaks-on-references': {
    fails: ['ENC-05?', 'ENC-05E?'],
  },
  'breaks-on-non-ascii': {
    fails: ['ENC-03'],
  },
});
