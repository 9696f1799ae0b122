import type { LANES } from '../../../src/faults/lanes.ts';
import { rows } from './row.ts';

/** What each fault of the family `lanes` fails. */
export const LANES_ROWS = rows<typeof LANES>({
  'second-lane-blocked': {
    fails: ['LANE-11', 'DIAL-05'],
  },
  'one-newsroom-at-a-time': {
    fails: ['LANE-09?'],
  },
});
