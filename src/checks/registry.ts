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
  acknowledgement: about('mosAck', acknowledgement),
  reason: about('mosAck', reason),
  'not-as-unknown': notAsUnknown,
  'heartbeat-time': about('heartbeat', heartbeatTime),
  'heartbeat-plain': about('heartbeat', heartbeatPlain),
  'machine-info': about('listMachInfo', machineInfo),
  'machine-times': about('listMachInfo', machineTimes),
  'machine-values': about('listMachInfo', machineValues),
  'profile-blocks': about('listMachInfo', profileBlocks),
  'profile-answers': about('listMachInfo', profileAnswers),
  'profile-minimum': about('listMachInfo', profileMinimum),
  'profile-dependencies': about('listMachInfo', profileDependencies),
  'active-x-modes': about('listMachInfo', activeXModes),
  'declared-revision': about('listMachInfo', declaredRevision),
  'declared-profiles': about('listMachInfo', declaredProfiles),
  'declared-ports': about('listMachInfo', declaredPorts),
  'same-claim': about('listMachInfo', sameClaim),
} satisfies Record<string, MessageCheck>;

/** A check of messages of one name. */
function about(name: string, check: MessageCheck): MessageCheck {
  return { ...check, about: name };
}
