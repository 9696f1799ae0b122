import type { ENVELOPE } from '../../../src/faults/envelope.ts';
import { rows } from './row.ts';

/** What each fault of the family `envelope` fails. */
export const ENVELOPE_ROWS = rows<typeof ENVELOPE>({
  'swapped-ids': {
    fails: ['ENV-01'],
  },
  'wrong-mos-id': {
    fails: ['ENV-01'],
  },
  'envelope-out-of-order': {
    fails: ['ENV-02?'],
  },
  'drops-repeated-request': {
    fails: ['ACK-14?'],
  },
  'several-messages': {
    fails: ['ENV-03'],
  },
  'needs-message-id': {
    fails: ['DIA-01?', 'ENV-08?'],
  },
  'no-message-id': {
    fails: ['ENV-06'],
  },
  'wrong-message-id': {
    fails: ['ENV-06'],
  },
});
