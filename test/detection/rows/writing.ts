import type { WRITING } from '../../../src/faults/writing.ts';
import { rows } from './row.ts';

/** What each fault of the family `writing` fails. */
export const WRITING_ROWS = rows<typeof WRITING>({
  'utf-8-reply': {
    fails: ['ENC-01'],
  },
  'little-endian-reply': {
    fails: ['ENC-01'],
  },
  'bom-reply': {
    fails: ['ENC-02?'],
  },
  'cut-reply': {
    fails: ['FRM-11'],
  },
  'junk-after-connect': {
    fails: ['FRM-11'],
  },
  'malformed-reply': {
    fails: ['FRM-11'],
  },
  'misspelt-reply': {
    fails: ['FRM-10', 'MI-03?'],
  },
  'invalid-reply': {
    fails: ['FRM-12', 'MI-03'],
  },
});
