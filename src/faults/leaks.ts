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
import { DESCRIPTORS_AFTER_RESETS, MANY_CLOSES } from './scenarios.ts';

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
