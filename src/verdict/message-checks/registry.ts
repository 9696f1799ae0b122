import { acknowledgement, answerType, inTime, notAsUnknown, reason, withinMinute } from './answers.ts';
import type { MessageCheck } from './check.ts';
import { echo, envelopeOrder, ids, oneMessage } from './envelope.ts';
import { heartbeatPlain, heartbeatTime } from './heartbeat.ts';
import { activeXModes, machineInfo, machineTimes, machineValues, sameClaim } from './machine-info.ts';
import {
  declaredPorts,
  declaredProfiles,
  declaredRevision,
  profileAnswers,
  profileBlocks,
  profileDependencies,
  profileMinimum,
} from './profiles.ts';

/** The checks of the envelope, of answers and of Profile 0, by the names that suites give them. */
export const PROFILE_0_CHECKS = {
  ids,
  'envelope-order': envelopeOrder,
  'one-message': oneMessage,
  echo,
  'answer-type': answerType,
  'within-minute': withinMinute,
  'in-time': inTime,
  acknowledgement,
  reason,
  'not-as-unknown': notAsUnknown,
  'heartbeat-time': heartbeatTime,
  'heartbeat-plain': heartbeatPlain,
  'machine-info': machineInfo,
  'machine-times': machineTimes,
  'machine-values': machineValues,
  'profile-blocks': profileBlocks,
  'profile-answers': profileAnswers,
  'profile-minimum': profileMinimum,
  'profile-dependencies': profileDependencies,
  'active-x-modes': activeXModes,
  'declared-revision': declaredRevision,
  'declared-profiles': declaredProfiles,
  'declared-ports': declaredPorts,
  'same-claim': sameClaim,
} satisfies Record<string, MessageCheck>;
