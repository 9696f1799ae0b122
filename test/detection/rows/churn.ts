import type { CHURN } from '../../../src/faults/churn.ts';
import { rows } from './row.ts';

/** What each fault of the family `churn` fails. */
export const CHURN_ROWS = rows<typeof CHURN>({
  'reply-on-other-under-load': {
    fails: ['CH-02'],
  },
  'loses-reply-under-load': {
    fails: ['CH-02'],
  },
  'slows-with-connections': {
    parameter: 0.1,
    fails: ['CH-02?'],
  },
  'leak-per-abort': {
    fails: ['CH-03A', 'CH-03M'],
  },
  'leak-under-churn': {
    fails: ['CH-02', 'CH-03N', 'CH-03H', 'CH-03M'],
  },
});
