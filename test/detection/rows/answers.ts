import type { ANSWERS } from '../../../src/faults/answers.ts';
import { rows } from './row.ts';

/** What each fault of the family `answers` fails. */
export const ANSWERS_ROWS = rows<typeof ANSWERS>({
  'wrong-reply-type': {
    ports: ['lower'],
    fails: ['ACK-04'],
  },
  'incomplete-ack': {
    ports: ['lower'],
    fails: ['ACK-04'],
  },
  'duplicate-reply': {
    fails: ['HB-08', 'MI-12'],
  },
  'acknowledges-acknowledgements': {
    ports: ['lower', 'upper'],
    fails: ['DIAL-04', 'DIAL-03', 'ROB-13?', 'ROB-14?'],
  },
  'expects-handshake': {
    fails: ['MI-01', 'LANE-13'],
  },
});
