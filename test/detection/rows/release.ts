import type { RELEASE } from '../../../src/faults/release.ts';
import { lines, rows } from './row.ts';

/** What a device fails that closes no connection in time, however it ended. */
const EVERY_ENDING = lines(
  'CON-03',
  'REL-01 REL-02 REL-03 REL-04 REL-05H REL-08? REL-09 REL-10 REL-11 REL-12',
  'HC-01 HC-03 HC-04 HC-05 HC-06',
  'RC-03',
  'CH-01 CH-02 CH-03N CH-03H CH-03M',
  'LANE-21 LANE-22 LANE-23 LANE-24 LANE-25',
  'GRID-01 GRID-03 GRID-11 GRID-12 GRID-13 GRID-21 GRID-22 GRID-23',
  'ROB-01',
);

/** What each fault of the family `release` fails. */
export const RELEASE_ROWS = rows<typeof RELEASE>({
  'close-wait-leak': {
    takes: ['REL'],
    fails: [...EVERY_ENDING, 'RC-08'],
  },
  'late-close': {
    parameter: 2_500,
    fails: EVERY_ENDING,
  },
  'leak-on-one-port': {
    ports: ['lower', 'upper'],
    takes: ['REL'],
    fails: [...EVERY_ENDING, 'RC-08'],
  },
  'reset-instead-of-fin': {
    fails: ['REL-07?'],
  },
});
