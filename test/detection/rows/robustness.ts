import type { ROBUSTNESS } from '../../../src/faults/robustness.ts';
import { rows } from './row.ts';

/** What each fault of the family `robustness` fails. */
export const ROBUSTNESS_ROWS = rows<typeof ROBUSTNESS>({
  'crashes-on-malformed': {
    fails: ['ROB-01', 'ROB-02', 'GRID-03'],
  },
  'deaf-after-malformed': {
    fails: ['ROB-02?'],
  },
  'expands-entities': {
    fails: ['ROB-11?', 'ROB-11E?', 'ROB-12?'],
  },
  'expands-entities-in-ids': {
    fails: ['ROB-11E?'],
  },
  'swallows-unknown-and-stops': {
    fails: ['FRM-14', 'ROB-06?'],
  },
  'disturbed-by-wrong-ids': {
    fails: ['ROB-07', 'ROB-11E?'],
  },
  'disturbed-by-odd-message-id': {
    fails: ['ENV-07?', 'ROB-08'],
  },
  'disturbed-by-stray-messages': {
    ports: ['lower', 'upper'],
    fails: ['ROB-05?', 'ROB-06?', 'ROB-13?', 'ROB-14?', 'GRID-01'],
  },
});
