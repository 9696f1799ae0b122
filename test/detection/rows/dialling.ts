import type { DIALLING } from '../../../src/faults/dialling.ts';
import { rows } from './row.ts';

/** What each fault of the family `dialling` fails. */
export const DIALLING_ROWS = rows<typeof DIALLING>({
  'does-not-dial-again': {
    fails: ['RC-08', 'RC-08R'],
  },
  'answers-heartbeat-answer': {
    fails: ['DIAL-02?', 'HB-12?'],
  },
  'repeats-own-message-id': {
    fails: ['DIAL-01'],
  },
});
