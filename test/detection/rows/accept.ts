import type { ACCEPT } from '../../../src/faults/accept.ts';
import { lines, rows } from './row.ts';

/** What each fault of the family `accept` fails. */
export const ACCEPT_ROWS = rows<typeof ACCEPT>({
  'does-not-accept': {
    fails: lines(
      'CON-01 CON-02 CON-03 CON-04',
      'REL-01 REL-02 REL-03 REL-04 REL-05 REL-05H REL-06 REL-07 REL-08 REL-09 REL-10 REL-11 REL-12',
      'HC-01 HC-03 HC-04 HC-05 HC-06',
      'RC-01 RC-02 RC-03 RC-04 RC-05 RC-06 RC-07',
      'ST-01 ST-03 ST-04',
      'CH-01 CH-02 CH-03N CH-03H CH-03A CH-03M',
      'AB-01 AB-02 AB-03 AB-04 AB-05 AB-06 AB-06C AB-06R',
      'DIA-01 DIA-02 ENC-01 ENC-02 ENC-03 ENC-04 ENC-05 ENC-05E FRM-01C FRM-01T FRM-01S FRM-01B FRM-02 FRM-03 FRM-04 FRM-05 FRM-05C FRM-06 FRM-07 FRM-08 FRM-10 FRM-11 FRM-12 FRM-13 FRM-14 FRM-14K FRM-16 FRM-17',
    ),
  },
  'fin-after-accept': {
    takes: ['CON'],
    fails: lines(
      'CON-01 CON-02 CON-03 CON-04',
      'REL-01 REL-02 REL-03 REL-04 REL-05 REL-05H REL-06 REL-07 REL-08 REL-09 REL-10 REL-11 REL-12',
      'HC-01 HC-03 HC-04 HC-05 HC-06',
      'RC-01 RC-02 RC-03 RC-04 RC-05 RC-06 RC-07 RC-08 RC-08R',
      'ST-01 ST-03 ST-04',
      'CH-01 CH-02 CH-03N CH-03H CH-03A CH-03M',
      'AB-01 AB-02 AB-03 AB-04 AB-05 AB-06 AB-06C AB-06R',
      'DIA-01 DIA-02 ENC-01 ENC-02 ENC-03 ENC-04 ENC-05 ENC-05E FRM-01C FRM-01T FRM-01S FRM-01B FRM-02 FRM-03 FRM-04 FRM-05 FRM-05C FRM-06 FRM-07 FRM-08 FRM-10 FRM-11 FRM-12 FRM-13 FRM-14 FRM-14K FRM-16 FRM-17',
      'DIAL-01',
      'DIAL-02 DIAL-03',
    ),
  },
  'slow-accept': {
    underChurn: 60,
    needsObserver: true,
    fails: [
      'CON-03',
      'REL-03',
      'REL-06',
      'REL-09',
      'HC-04',
      'CH-02',
      'AB-04',
      'AB-05',
      'AB-06',
      'AB-06C',
      'AB-06R',
    ],
  },
});
