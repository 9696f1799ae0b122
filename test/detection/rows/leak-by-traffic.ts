import type { LEAK_BY_TRAFFIC } from '../../../src/faults/leak-by-traffic.ts';
import { lines, rows } from './row.ts';

/** What each fault of the family `leak-by-traffic` fails. */
export const LEAK_BY_TRAFFIC_ROWS = rows<typeof LEAK_BY_TRAFFIC>({
  'leak-without-message': {
    takes: ['REL'],
    fails: lines(
      'CON-03',
      'REL-01 REL-03 REL-04',
      'HC-01 HC-03 HC-04',
      'CH-03N',
      'LANE-21 LANE-22',
      'ROB-01',
      'GRID-01 GRID-03',
    ),
  },
  'helper-keeps-connection': {
    needsObserver: true,
    fails: ['LANE-24', 'GRID-01'],
  },
  'misses-fin-with-data': {
    takes: ['HC'],
    fails: ['REL-05H', 'HC-05', 'LANE-23', 'LANE-24', 'GRID-01'],
  },
  'leak-on-cut-message': {
    fails: ['REL-04', 'HC-03', 'LANE-22', 'ROB-01', 'GRID-01', 'GRID-03'],
  },
  'leak-after-many-messages': {
    fails: ['REL-10'],
  },
  'leak-after-silence': {
    fails: ['REL-11'],
  },
  'leak-after-unknown-message': {
    fails: ['REL-12', 'GRID-01', 'GRID-03'],
  },
  'leak-after-malformed': {
    fails: ['ROB-01', 'GRID-03'],
  },
});
