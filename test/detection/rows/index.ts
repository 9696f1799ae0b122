import type { FAMILIES, FamilyName, FaultName } from '../../../src/faults/catalogue.ts';
import { ACCEPT_ROWS } from './accept.ts';
import { OWN_CLOSE_ROWS } from './own-close.ts';
import { RELEASE_ROWS } from './release.ts';
import { LEAK_BY_TRAFFIC_ROWS } from './leak-by-traffic.ts';
import { LEAK_AMONG_MANY_ROWS } from './leak-among-many.ts';
import { HALF_CLOSE_ROWS } from './half-close.ts';
import { SERVICE_ROWS } from './service.ts';
import { RECONNECT_ROWS } from './reconnect.ts';
import { STALL_ROWS } from './stall.ts';
import { CHURN_ROWS } from './churn.ts';
import { WRITING_ROWS } from './writing.ts';
import { FRAMING_ROWS } from './framing.ts';
import { READING_ROWS } from './reading.ts';
import { LANES_ROWS } from './lanes.ts';
import { ENVELOPE_ROWS } from './envelope.ts';
import { ANSWERS_ROWS } from './answers.ts';
import { PROFILE_0_ROWS } from './profile-0.ts';
import { DIALLING_ROWS } from './dialling.ts';
import { ROBUSTNESS_ROWS } from './robustness.ts';
import type { Row } from './row.ts';

/** The rows of every family. */
export const ROWS_OF: {
  readonly [Family in FamilyName]: Readonly<Record<keyof (typeof FAMILIES)[Family], Row>>;
} = {
  accept: ACCEPT_ROWS,
  'own-close': OWN_CLOSE_ROWS,
  release: RELEASE_ROWS,
  'leak-by-traffic': LEAK_BY_TRAFFIC_ROWS,
  'leak-among-many': LEAK_AMONG_MANY_ROWS,
  'half-close': HALF_CLOSE_ROWS,
  service: SERVICE_ROWS,
  reconnect: RECONNECT_ROWS,
  stall: STALL_ROWS,
  churn: CHURN_ROWS,
  writing: WRITING_ROWS,
  framing: FRAMING_ROWS,
  reading: READING_ROWS,
  lanes: LANES_ROWS,
  envelope: ENVELOPE_ROWS,
  answers: ANSWERS_ROWS,
  'profile-0': PROFILE_0_ROWS,
  dialling: DIALLING_ROWS,
  robustness: ROBUSTNESS_ROWS,
};

/** The row of every fault. */
export const ROWS = Object.assign({}, ...Object.values(ROWS_OF)) as Readonly<Record<FaultName, Row>>;
