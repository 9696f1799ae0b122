import type { PROFILE_0 } from '../../../src/faults/profile-0.ts';
import { rows } from './row.ts';

/** What each fault of the family `profile-0` fails. */
export const PROFILE_0_ROWS = rows<typeof PROFILE_0>({
  'no-heartbeat': {
    ports: ['lower', 'upper'],
    fails: ['HB-01', 'HB-02'],
  },
  'heartbeat-without-time': {
    fails: ['FRM-12', 'HB-03'],
  },
  'breaks-on-heartbeat-time': {
    fails: ['HB-11'],
  },
  'no-machine-info': {
    ports: ['lower', 'upper'],
    fails: ['MI-01', 'MI-02'],
  },
  'machine-info-incomplete': {
    fails: ['FRM-12', 'MI-03'],
  },
  'machine-info-breaks-dependencies': {
    fails: ['MI-07', 'MI-04?'],
  },
  'machine-info-varies': {
    ports: ['lower', 'upper'],
    fails: ['MI-13?', 'MI-04?'],
  },
  'machine-info-overclaims': {
    ports: ['lower', 'upper'],
    fails: ['MI-04?', 'MI-15?', 'MI-16?', 'MI-17', 'MI-18'],
  },
});
