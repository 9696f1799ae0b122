import { family } from './fault.ts';
import { any, code, isUnanswered } from './evidence.ts';
import { certain, signatures } from './signature.ts';

/** Faults of the envelope: IDs of the two sides, messageID, one message in each. */
export const ENVELOPE = family({
  'swapped-ids': {
    title: 'exchanges mosID and ncsID in its replies',
    explanation:
      'The device treats the two as sender and receiver. They are roles: mosID is always the device, ncsID always the ' +
      'newsroom, in both directions.',
    remedy: 'Write the same mosID and ncsID into the reply as stand in the request.',
    examples: 'reply',
    requirements: ['MOS-ENV-01'],
  },
  'wrong-mos-id': {
    title: 'replies with another mosID or ncsID than configured',
    explanation:
      'The newsroom looks the pair of IDs up in its configuration and finds no such device, so it drops the reply. ' +
      'Often only the case differs, or a default was never changed.',
    remedy: 'Take both IDs from the configuration, exactly as the newsroom has them.',
    examples: 'reply',
    requirements: ['MOS-ENV-01'],
  },
  'envelope-out-of-order': {
    title: 'writes the envelope in another order',
    explanation:
      'The DTD has mosID, ncsID, messageID, message. Most newsrooms do not mind; one that validates refuses the message.',
    remedy: 'Write mosID first, then ncsID, messageID and the message.',
    examples: 'reply',
    requirements: ['MOS-ENV-02'],
  },
  'drops-repeated-request': {
    title: 'passes over a request that comes again',
    explanation:
      'A newsroom that was cut off before it read the answer sends its request again with the same messageID. The device ' +
      'knows that it has dealt with it, and says nothing: the newsroom waits, gives up and reconnects, for ever.',
    remedy:
      'Keep the answer to the last request of each newsroom, and send it again; only apply nothing twice.',
    requirements: ['MOS-ACK-14'],
  },
  'several-messages': {
    title: 'puts more than one message into an envelope',
    explanation:
      'A mos element holds one message. Of two, a newsroom reads the first, the last, or refuses both; the sender never ' +
      'learns which.',
    remedy: 'Write a mos element of its own around each message.',
    requirements: ['MOS-ENV-03'],
  },
  'needs-message-id': {
    title: 'does not answer a request without messageID',
    explanation:
      'Newsrooms of MOS 2.8 and older send no messageID, and some newer ones leave it out of a heartbeat. The device ' +
      'drops such a request, so that those newsrooms take it to be down.',
    remedy: 'Answer a request without messageID by a reply without one.',
    examples: 'reply',
    requirements: ['MOS-ENV-08'],
  },
  'no-message-id': {
    title: 'replies without messageID',
    explanation:
      'From MOS 2.8.1 on a reply carries the messageID of its request. Without it a strict newsroom cannot match the ' +
      'two; a tolerant one guesses.',
    remedy: 'Copy messageID from the request into the reply where the request has one.',
    examples: 'reply',
    requirements: ['MOS-ENV-06'],
  },
  'wrong-message-id': {
    title: 'replies with another messageID than that of the request',
    explanation:
      'The device numbers its replies itself. The newsroom cannot match them with its requests: it reports a time-out ' +
      'and a stray message for each.',
    remedy: 'Copy messageID from the request into the reply; count only for requests of your own.',
    examples: 'reply',
    requirements: ['MOS-ENV-06'],
  },
});

/** Replies with wrong messageIDs are taken for answers to other requests, or for none. */
const isMistaken = code(
  'wrong-message-id',
  'out-of-order',
  'surplus-answers',
  'answered-on-older',
  'answered-on-newer',
);

/** Signatures of faults of the envelope. */
export const ENVELOPE_SIGNATURES = signatures(ENVELOPE, [
  { fault: 'swapped-ids', find: (evidence) => certain(evidence.failures(code('ids-exchanged'), ['ENV-01'])) },
  { fault: 'wrong-mos-id', find: (evidence) => certain(evidence.failures(code('wrong-id'), ['ENV-01'])) },
  {
    fault: 'envelope-out-of-order',
    find: (evidence) => certain(evidence.failures(code('envelope-order'), ['ENV-02'])),
  },
  {
    fault: 'drops-repeated-request',
    find: (evidence) => certain(evidence.failures(isUnanswered, ['ACK-14'])),
  },
  {
    fault: 'several-messages',
    find: (evidence) => certain(evidence.failures(code('not-one-message'), ['ENV-03'])),
  },
  {
    fault: 'needs-message-id',
    find: (evidence) =>
      certain(evidence.failures(any(isUnanswered, code('request-refused')), ['ENV-08', 'DIA-01'])),
  },
  {
    fault: 'no-message-id',
    find: (evidence) => certain(evidence.failures(code('no-message-id'), ['ENV-06'])),
  },
  {
    fault: 'wrong-message-id',
    find: (evidence) =>
      evidence.shows(['ENV-06'], code('wrong-message-id'))
        ? certain(evidence.failures(isMistaken))
        : undefined,
  },
]);
