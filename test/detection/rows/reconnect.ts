import type { RECONNECT } from '../../../src/faults/reconnect.ts';
import { lines, rows } from './row.ts';

/** What each fault of the family `reconnect` fails. */
export const RECONNECT_ROWS = rows<typeof RECONNECT>({
  'stale-session-refuses': {
    takes: ['RC'],
    fails: lines(
      'CON-02 CON-03',
      'RC-04 RC-05 RC-07',
      'ST-01 ST-02 ST-03',
      'CH-02 CH-03H CH-04 CH-03A CH-03M',
      'LANE-08 LANE-09?',
      'GRID-01 GRID-03 GRID-04',
    ),
  },
  'refuses-recall': {
    parameter: 1_500,
    takes: ['RC'],
    fails: lines(
      'REL-09',
      'DC-03',
      'RC-01 RC-02 RC-03 RC-06',
      'CH-01 CH-02 CH-03H CH-03A CH-03M',
      'AB-05 AB-06 AB-06C AB-06R',
      'ACK-14?',
    ),
  },
  'refuses-same-port': {
    fails: ['RC-06'],
  },
  'reply-on-old-connection': {
    fails: lines(
      'CON-02 CON-03',
      'RC-04 RC-05 RC-07',
      'ST-01 ST-02 ST-03',
      'CH-02 CH-03H CH-04 CH-03A CH-03M',
      'LANE-08? LANE-09?',
      'GRID-01 GRID-03 GRID-04',
    ),
  },
  'replies-on-wrong-connection': {
    fails: lines(
      'CON-02 REL-09 RC-05O AB-05 AB-06 AB-06C AB-06R LANE-08?',
      'CH-02 CH-03A CH-03H CH-03M CH-04',
    ),
  },
  'holds-vanished-ncs': {
    fails: ['RC-07', 'CH-03A', 'CH-03M', 'GRID-04'],
  },
});
