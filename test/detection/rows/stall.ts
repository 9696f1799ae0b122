import type { STALL } from '../../../src/faults/stall.ts';
import { lines, rows } from './row.ts';

/** What each fault of the family `stall` fails. */
export const STALL_ROWS = rows<typeof STALL>({
  'one-connection-at-a-time': {
    takes: ['CON'],
    fails: lines(
      'CON-02 CON-03',
      'DC-02',
      'RC-04 RC-05 RC-07',
      'ST-01 ST-02 ST-03',
      'CH-02 CH-03H CH-04 CH-03A CH-03M',
      'LANE-08 LANE-09?',
      'GRID-01 GRID-03 GRID-04',
    ),
  },
  'disturbed-by-idle-connections': {
    fails: ['CON-03', 'CH-02'],
  },
  'blocks-while-idle': {
    takes: ['RC'],
    fails: ['CON-02', 'CON-03', 'RC-05O', 'CH-04', 'LANE-08'],
  },
  'blocks-while-drip': {
    fails: ['ST-01', 'ST-02', 'ST-03', 'GRID-03', 'GRID-04'],
  },
  'blocks-while-not-reading': {
    fails: ['ST-02'],
  },
  'blocks-while-endless': {
    fails: ['ST-03'],
  },
  'buffers-endless-message': {
    fails: ['ST-04?'],
  },
  'stops-reading-after-n': {
    parameter: 5,
    takes: ['CH'],
    fails: ['REL-10', 'CH-04', 'ACK-01', 'HB-08'],
  },
});
