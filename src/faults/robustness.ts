import { family } from './fault.ts';
import {
  all,
  any,
  code,
  isDead,
  isRefused,
  isServing,
  isSilent,
  isTurnedAway,
  isUnanswered,
  not,
  type Evidence,
  type Failure,
} from './evidence.ts';
import { HEARTBEATS, STRAY_ANSWERS } from './scenarios.ts';
import { certain, likely, signatures } from './signature.ts';

/** Faults that bad input brings to light. */
export const ROBUSTNESS = family({
  'crashes-on-malformed': {
    title: 'ends when it receives malformed XML',
    explanation:
      'An exception of the parser ends the process. One broken message of one newsroom takes the device away from all ' +
      'of them.',
    remedy:
      'Catch errors of parsing where the connection is served; drop the message or the connection, nothing else.',
    examples: 'survive-reset',
    requirements: ['MOS-FRM-09'],
  },
  'deaf-after-malformed': {
    title: 'no longer answers on a connection, or at all, after malformed XML',
    explanation:
      'The parser or the buffer is left in a state in which nothing is recognised any more, and the state is shared ' +
      'with later connections. The device is connected and silent.',
    remedy:
      'Start with an empty buffer and a fresh parser on each connection, and after an error close the one it came on.',
    examples: 'do-not-share-state',
    requirements: ['MOS-FRM-09'],
  },
  'expands-entities': {
    title: 'expands entities that a message declares',
    explanation:
      'The XML parser follows a document type declaration in the message: nested entities fill the memory, external ' +
      'ones read files and URLs of the host of the device. Whoever reaches the port can do it.',
    remedy: 'Switch document type declarations and external entities off in the parser.',
    requirements: ['MOS-ERR-09'],
  },
  'expands-entities-in-ids': {
    title: 'expands entities in IDs that it repeats',
    explanation:
      'The ID of a running order or an object is written back in the refusal with every entity that the message declares ' +
      'expanded: a few hundred bytes become megabytes, in the memory of the device and on the wire.',
    remedy: 'Switch document type declarations off in the parser, and bound the length of what is repeated.',
    requirements: ['MOS-ERR-09'],
  },
  'swallows-unknown-and-stops': {
    title: 'stops answering after a message of an unknown type',
    explanation:
      'A message that the device does not know leaves it waiting: it neither answers nor reads on. The connection looks ' +
      'healthy and is dead: a newsroom of a newer revision silences the device with its first new message.',
    remedy: 'Ignore or refuse what is unknown, and read the next message.',
    examples: 'framing',
    requirements: ['MOS-FRM-14'],
  },
  'disturbed-by-wrong-ids': {
    title: 'is disturbed by a message for somebody else',
    explanation:
      'A message with an unknown mosID or ncsID makes the device end, fall silent or apply it. A configuration error at ' +
      'one newsroom then hurts all the others.',
    remedy: 'Refuse or ignore messages with other IDs, and go on serving.',
    requirements: ['MOS-ENV-09'],
  },
  'disturbed-by-odd-message-id': {
    title: 'does not cope with an unusual messageID',
    explanation:
      'A messageID that is hexadecimal, missing, very large or no number makes the device fail or answer with another ' +
      'one. Such messages exist in the field.',
    remedy: 'Treat messageID as text, echo it as it came, and accept a request without one.',
    examples: 'reply',
    requirements: ['MOS-ENV-07', 'MOS-ENV-08', 'MOS-ERR-05'],
  },
  'disturbed-by-stray-messages': {
    title: 'is disturbed by answers it did not wait for',
    explanation:
      'An acknowledgement without a pending request, or a message on the wrong port, brings the device out of step or ' +
      'to a halt.',
    remedy: 'Ignore what belongs to no request, and refuse what belongs to another port.',
    requirements: ['MOS-ERR-10', 'MOS-ERR-02', 'MOS-ERR-01'],
  },
});

/** Tests that cut or trickle messages; a device that dies of them does not survive what any connection brings. */
const ORDINARY = [...HEARTBEATS, 'LANE-15', 'ROB-10'];

/** Tests with answers and messages that nobody waits for. */
const STRAYS = ['ROB-05', 'ROB-06', ...STRAY_ANSWERS];

/** Failures of these tests after which nobody listens, where a device survives what any connection brings. */
function killed(evidence: Evidence, ids: readonly string[]): Failure[] {
  return evidence.shows(ORDINARY, isDead) ? [] : evidence.failures(any(isDead, isTurnedAway, isRefused), ids);
}

/** Failures of these tests after which the port listens and nobody answers. */
const isDeaf = any(isUnanswered, all(isServing, isSilent));

/** Signatures of faults that bad input brings to light. */
export const ROBUSTNESS_SIGNATURES = signatures(ROBUSTNESS, [
  {
    fault: 'crashes-on-malformed',
    find: (evidence) =>
      evidence.shows(['ROB-01', 'ROB-02'], isDead)
        ? certain(killed(evidence, ['ROB-01', 'ROB-02']))
        : undefined,
  },
  {
    fault: 'deaf-after-malformed',
    find: (evidence) => certain(evidence.failures(isDeaf, ['ROB-02'])),
  },
  {
    fault: 'expands-entities',
    find: (evidence) =>
      evidence.shows(['ROB-11', 'ROB-12'], code('text-came-back'))
        ? certain(evidence.failures(code('text-came-back')))
        : undefined,
  },
  {
    fault: 'expands-entities-in-ids',
    find: (evidence) =>
      evidence.shows(['ROB-11', 'ROB-12'], code('text-came-back'))
        ? undefined
        : certain(evidence.failures(code('text-came-back'), ['ROB-11E'])),
  },
  {
    fault: 'swallows-unknown-and-stops',
    find: (evidence) =>
      evidence.shows(['FRM-14'], isUnanswered)
        ? certain(evidence.failures(isDeaf, ['FRM-14', 'ROB-05', 'ROB-06']))
        : undefined,
  },
  {
    fault: 'disturbed-by-wrong-ids',
    find: (evidence) => certain(evidence.shows(['ROB-07'], isDead) ? killed(evidence, ['ROB-07']) : []),
  },
  {
    fault: 'disturbed-by-odd-message-id',
    find: (evidence) =>
      certain([
        ...(evidence.shows(['ROB-08'], isDead) ? killed(evidence, ['ROB-08']) : []),
        ...evidence.failures(not(isServing), ['ENV-07']),
      ]),
  },
  {
    fault: 'disturbed-by-stray-messages',
    find: (evidence) => {
      const dead = evidence.shows(STRAYS, isDead) ? killed(evidence, STRAYS) : [];
      return likely([...evidence.failures(isDeaf, STRAYS), ...dead]);
    },
  },
]);
