import type { PortName } from '../history/facts.ts';
import {
  all,
  any,
  code,
  isRefused,
  isRelease,
  isServing,
  isSilent,
  isTurnedAway,
  keepsDescriptors,
  type Evidence,
  type Failure,
} from './evidence.ts';
import { CHURN_WITH_RESETS, DESCRIPTORS_AFTER_RESETS, MANY_CLOSES } from './scenarios.ts';

/** Connections that were never released, or late, and what follows where a device has no room left for more. */
export function everyLeak(evidence: Evidence, port?: PortName): Failure[] {
  const exhausted = any(isRefused, isSilent, isTurnedAway);
  return [
    ...evidence.failures(any(isRelease, code('leak-grows')), undefined, port),
    ...evidence.failures(keepsDescriptors, ['REL-09', 'DC-03', ...DESCRIPTORS_AFTER_RESETS], port),
    ...evidence.failures(all(isServing, exhausted), MANY_CLOSES, port),
    ...evidence.failures(all(isServing, isTurnedAway), undefined, port),
  ];
}

/** The first tests of a campaign in which a connection is reset: by the NCS, or by a reply that nobody reads. */
const FIRST_RESETS = ['REL-06', 'RC-03', ...CHURN_WITH_RESETS, 'AB-01'];

/** Tests that are played after the first of them, each with a close of its own kind. */
const CLOSES_AFTERWARDS = ['REL-08', 'HC-05', 'HC-06'];

/** Whether every close was answered until a connection was reset, and none afterwards. */
export function leaksOnceReset(evidence: Evidence): boolean {
  if (!CLOSES_AFTERWARDS.every((id) => evidence.shows([id], isRelease))) return false;
  return evidence.failuresBefore(FIRST_RESETS, isRelease).length === 0;
}
