import type { OWN_CLOSE } from '../../../src/faults/own-close.ts';
import { rows } from './row.ts';

/** What each fault of the family `own-close` fails. */
export const OWN_CLOSE_ROWS = rows<typeof OWN_CLOSE>({
  'does-not-complete-own-close': {
    fails: ['DC-03'],
  },
  'blocks-while-own-close-waits': {
    fails: ['DC-02'],
  },
});
