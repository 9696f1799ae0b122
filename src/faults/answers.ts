import { family } from './fault.ts';
import { code, isUnanswered, type Fits } from './evidence.ts';
import { HEARTBEATS, MACHINE_INFO, STRAY_ANSWERS } from './scenarios.ts';
import { certain, signatures } from './signature.ts';

/** Faults in which message answers another, and how often. */
export const ANSWERS = family({
  'wrong-reply-type': {
    title: 'replies with a message of the wrong type',
    explanation:
      'Each request has its reply: mosAck for the messages of the lower port, roAck for those of the upper, heartbeat ' +
      'for heartbeat, listMachInfo for reqMachInfo. The newsroom does not recognise another one as its answer.',
    remedy: 'Choose the reply by the family of the request.',
    examples: 'reply',
    requirements: ['MOS-ACK-04', 'MOS-HB-10'],
  },
  'incomplete-ack': {
    title: 'leaves required elements or the reason out of mosAck',
    explanation:
      'A mosAck holds objID, objRev, status and statusDescription, in this order, and a refusal says why. Without ' +
      'them the newsroom can neither match the object nor tell its user what went wrong.',
    remedy: 'Write all four elements, empty ones where there is nothing to say, and a reason with each NACK.',
    examples: 'reply',
    requirements: ['MOS-ACK-05', 'MOS-ACK-06'],
  },
  'duplicate-reply': {
    title: 'sends a reply twice',
    explanation:
      'The same request is answered two times. The newsroom takes the second answer for that of its next request, and ' +
      'from then on everything is off by one.',
    remedy: 'Answer in one place only; a retry of yours is not due for a reply.',
    examples: 'do-not-share-state',
    requirements: ['MOS-HB-08', 'MOS-MI-12'],
  },
  'acknowledges-acknowledgements': {
    title: 'answers acknowledgements',
    explanation:
      'A mosAck, a roAck or another answer gets a reply of its own. The newsroom sees a stray message, and with a peer ' +
      'that does the same a loop begins.',
    remedy: 'End the exchange with the answer; reply to requests only.',
    requirements: ['MOS-ACK-13'],
  },
  'expects-handshake': {
    title: 'answers only after a certain first message',
    explanation:
      'MOS knows no handshake: the first message on a connection may be any request. A newsroom that begins with another ' +
      'one than the device expects gets no answer.',
    remedy: 'Answer every request on every connection, whatever came before it.',
    requirements: ['MOS-CONN-13'],
  },
});

/** Signatures of faults in which messages a device answers, and with what. */
export const ANSWERS_SIGNATURES = signatures(ANSWERS, [
  {
    fault: 'duplicate-reply',
    find: (evidence) => certain(evidence.failures(code('surplus-answers'), ['HB-08', 'MI-12'])),
  },
  {
    fault: 'wrong-reply-type',
    find: (evidence) =>
      certain(evidence.failures(code('wrong-reply'), ['ACK-04', ...HEARTBEATS, ...MACHINE_INFO, 'MI-16'])),
  },
  {
    fault: 'incomplete-ack',
    find: (evidence) =>
      certain(evidence.failures(code('missing-element', 'empty-value', 'bad-value'), ['ACK-04'])),
  },
  {
    fault: 'expects-handshake',
    find: (evidence) =>
      evidence.shows(['LANE-13'], isUnanswered)
        ? certain(evidence.failures(isUnanswered, ['LANE-13', ...MACHINE_INFO]))
        : undefined,
  },
  {
    fault: 'acknowledges-acknowledgements',
    find: (evidence) => certain(evidence.failures(isAck, [...STRAY_ANSWERS, 'DIAL-03', 'DIAL-04'])),
  },
]);

/** An acknowledgement came where nothing was to come. */
const isAck: Fits = ({ symptom: { message } }) => message === 'mosAck' || message === 'roAck';
