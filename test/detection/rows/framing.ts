import type { FRAMING } from '../../../src/faults/framing.ts';
import { rows } from './row.ts';

/** What each fault of the family `framing` fails. */
export const FRAMING_ROWS = rows<typeof FRAMING>({
  'one-read-one-message': {
    takes: ['WIRE'],
    fails: ['ST-04?', 'FRM-01C', 'FRM-01T', 'FRM-01S', 'FRM-01B', 'FRM-02?', 'FRM-08?', 'GRID-11'],
  },
  'first-message-only': {
    fails: ['FRM-02?'],
  },
  'odd-offset-breaks': {
    fails: ['FRM-01C', 'FRM-01T', 'FRM-01B'],
  },
  'loses-cut-tag': {
    fails: ['FRM-01T', 'FRM-01B'],
  },
  'breaks-on-white-space': {
    fails: ['DIA-02', 'FRM-03?', 'FRM-04', 'FRM-17'],
  },
  'breaks-on-root-attributes': {
    fails: ['FRM-06?', 'FRM-07?'],
  },
  'breaks-on-nested-root': {
    fails: ['FRM-05?', 'FRM-05C?'],
  },
  'crashes-on-nested-root': {
    fails: ['FRM-05', 'FRM-05C', 'GRID-01', 'GRID-02'],
  },
  'breaks-on-large-message': {
    fails: ['FRM-08?'],
  },
  'stuck-on-full-buffer': {
    fails: ['FRM-17', 'GRID-01'],
  },
  'breaks-on-surrogates': {
    fails: ['ENC-04?'],
  },
});
