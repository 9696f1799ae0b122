import type { FaultName } from './catalogue.ts';
import { ACCEPT_SIGNATURES } from './accept.ts';
import { OWN_CLOSE_SIGNATURES } from './own-close.ts';
import { RELEASE_SIGNATURES } from './release.ts';
import { LEAK_BY_TRAFFIC_SIGNATURES } from './leak-by-traffic.ts';
import { LEAK_AMONG_MANY_SIGNATURES } from './leak-among-many.ts';
import { HALF_CLOSE_SIGNATURES } from './half-close.ts';
import { SERVICE_SIGNATURES } from './service.ts';
import { RECONNECT_SIGNATURES } from './reconnect.ts';
import { STALL_SIGNATURES } from './stall.ts';
import { CHURN_SIGNATURES } from './churn.ts';
import { WRITING_SIGNATURES } from './writing.ts';
import { FRAMING_SIGNATURES } from './framing.ts';
import { READING_SIGNATURES } from './reading.ts';
import { LANES_SIGNATURES } from './lanes.ts';
import { ENVELOPE_SIGNATURES } from './envelope.ts';
import { ANSWERS_SIGNATURES } from './answers.ts';
import { PROFILE_0_SIGNATURES } from './profile-0.ts';
import { DIALLING_SIGNATURES } from './dialling.ts';
import { ROBUSTNESS_SIGNATURES } from './robustness.ts';
import type { Signature } from './signature.ts';

/** Every signature, family by family, the more specific before the more general. */
export const SIGNATURES: readonly Signature<FaultName>[] = [
  ...ACCEPT_SIGNATURES,
  ...OWN_CLOSE_SIGNATURES,
  ...RELEASE_SIGNATURES,
  ...LEAK_BY_TRAFFIC_SIGNATURES,
  ...LEAK_AMONG_MANY_SIGNATURES,
  ...HALF_CLOSE_SIGNATURES,
  ...SERVICE_SIGNATURES,
  ...RECONNECT_SIGNATURES,
  ...STALL_SIGNATURES,
  ...CHURN_SIGNATURES,
  ...WRITING_SIGNATURES,
  ...FRAMING_SIGNATURES,
  ...READING_SIGNATURES,
  ...LANES_SIGNATURES,
  ...ENVELOPE_SIGNATURES,
  ...ANSWERS_SIGNATURES,
  ...PROFILE_0_SIGNATURES,
  ...DIALLING_SIGNATURES,
  ...ROBUSTNESS_SIGNATURES,
];
