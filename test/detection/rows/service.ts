import type { SERVICE } from '../../../src/faults/service.ts';
import { lines, rows } from './row.ts';

/** What each fault of the family `service` fails. */
export const SERVICE_ROWS = rows<typeof SERVICE>({
  'listener-dies': {
    takes: ['CON'],
    fails: lines(
      'CON-01 CON-02 CON-03',
      'REL-01 REL-02 REL-03 REL-04 REL-05 REL-05H REL-06 REL-07 REL-08 REL-09 REL-10 REL-11 REL-12',
      'HC-01 HC-02 HC-03 HC-04 HC-05 HC-06',
      'DC-01 DC-02 DC-03',
      'RC-01 RC-02 RC-03 RC-04 RC-05 RC-05O RC-06 RC-07',
      'ST-01 ST-02 ST-03 ST-04',
      'CH-01 CH-02 CH-03N CH-03H CH-04 CH-03A CH-03M',
      'AB-01 AB-02 AB-03 AB-04 AB-05 AB-06 AB-06C AB-06R',
      'ACK-14 HB-01',
      'LANE-15? LANE-21 LANE-22 LANE-23 LANE-24 LANE-25',
      'ROB-01 ROB-02 ROB-03 ROB-06 ROB-07 ROB-08 ROB-10 ROB-11 ROB-11E ROB-12 ROB-13 ROB-14',
      'GRID-01 GRID-02 GRID-03 GRID-04 GRID-11 GRID-12 GRID-13 GRID-21 GRID-22 GRID-23',
    ),
  },
  'exits-on-reset': {
    fails: lines(
      'REL-06',
      'RC-03 RC-06 RC-07 RC-08R',
      'ST-02 ST-03',
      'CH-03A CH-03M',
      'AB-01 AB-02 AB-03 AB-04 AB-05 AB-06 AB-06C AB-06R',
      'GRID-02 GRID-03 GRID-04',
    ),
  },
  'exits-on-abort-burst': {
    fails: ['AB-04'],
  },
  'refuses-after-n': {
    parameter: 40,
    fails: lines(
      'REL-09',
      'CH-01 CH-02 CH-03N CH-03H CH-04 CH-03A CH-03M',
      'AB-04 AB-05 AB-06 AB-06C AB-06R',
      'GRID-01 GRID-02 GRID-03',
    ),
  },
  'spoils-next-connection': {
    fails: lines(
      'REL-04',
      'HC-03',
      'ST-01 ST-02 ST-03 ST-04',
      'AB-02 AB-06C',
      'LANE-11 LANE-15? LANE-22',
      'ROB-01 ROB-03 ROB-10',
      'GRID-01 GRID-02 GRID-03 GRID-04',
    ),
  },
  'descriptor-leak-on-reset': {
    fails: ['CH-03A', 'AB-06', 'AB-06C', 'AB-06R'],
  },
  'descriptor-leak-on-cut-reset': {
    fails: ['AB-06C'],
  },
  'descriptor-leak-on-owed-reply': {
    fails: ['AB-06R'],
  },
});
