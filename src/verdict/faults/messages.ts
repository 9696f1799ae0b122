import type { FaultEntry } from './fault.ts';

/** Faults of the envelope, of acknowledgement and of Profile 0. */
export const MESSAGE_FAULTS: readonly FaultEntry[] = [
  {
    id: 'no-heartbeat',
    title: 'does not answer heartbeats',
    explanation:
      'A heartbeat gets no reply. The newsroom takes the device to be down, however well it serves everything else, ' +
      'and reconnects in a circle.',
    remedy: 'Answer every heartbeat with a heartbeat, on the same connection, on lower and upper.',
    examples: 'reply',
    requirements: ['MOS-HB-01', 'MOS-HB-02', 'MOS-HB-10'],
  },
  {
    id: 'heartbeat-without-time',
    title: 'answers heartbeats without a valid time',
    explanation:
      'The time element is missing, empty or no date and time. Newsrooms that compare clocks, or parse strictly, ' +
      'refuse the answer.',
    remedy: 'Write the current time as YYYY-MM-DDThh:mm:ss, with a zone if you can.',
    examples: 'reply',
    requirements: ['MOS-HB-03'],
  },
  {
    id: 'answers-heartbeat-answer',
    title: 'answers the answer to its own heartbeat',
    explanation:
      'Every heartbeat is answered, the answers to its own included. With a peer that does the same a loop begins that ' +
      'fills the connection day and night.',
    remedy:
      'Do not answer a heartbeat that comes on the connection you asked on with the messageID you wait for.',
    examples: 'do-not-share-state',
    requirements: ['MOS-HB-04'],
  },
  {
    id: 'breaks-on-heartbeat-time',
    title: 'accepts only some of the legal forms of a time',
    explanation:
      'With a zone, an offset or milliseconds in it, the time of a heartbeat makes the device drop the message. It ' +
      'works with one newsroom and not with the next.',
    remedy: 'Accept every form of section 6, and do not let the time decide whether a heartbeat is answered.',
    requirements: ['MOS-HB-11'],
  },
  {
    id: 'wrong-message-id',
    title: 'replies with another messageID than that of the request',
    explanation:
      'The device numbers its replies itself. The newsroom cannot match them with its requests: it reports a time-out ' +
      'and a stray message for each.',
    remedy: 'Copy messageID from the request into the reply; count only for requests of your own.',
    examples: 'reply',
    requirements: ['MOS-ENV-06'],
  },
  {
    id: 'no-message-id',
    title: 'replies without messageID',
    explanation:
      'From MOS 2.8.1 on a reply carries the messageID of its request. Without it a strict newsroom cannot match the ' +
      'two; a tolerant one guesses.',
    remedy: 'Copy messageID from the request into the reply where the request has one.',
    examples: 'reply',
    requirements: ['MOS-ENV-06'],
  },
  {
    id: 'needs-message-id',
    title: 'does not answer a request without messageID',
    explanation:
      'Newsrooms of MOS 2.8 and older send no messageID, and some newer ones leave it out of a heartbeat. The device ' +
      'drops such a request, so that those newsrooms take it to be down.',
    remedy: 'Answer a request without messageID by a reply without one.',
    examples: 'reply',
    requirements: ['MOS-ENV-08'],
  },
  {
    id: 'wrong-mos-id',
    title: 'replies with another mosID or ncsID than configured',
    explanation:
      'The newsroom looks the pair of IDs up in its configuration and finds no such device, so it drops the reply. ' +
      'Often only the case differs, or a default was never changed.',
    remedy: 'Take both IDs from the configuration, exactly as the newsroom has them.',
    examples: 'reply',
    requirements: ['MOS-ENV-01'],
  },
  {
    id: 'swapped-ids',
    title: 'exchanges mosID and ncsID in its replies',
    explanation:
      'The device treats the two as sender and receiver. They are roles: mosID is always the device, ncsID always the ' +
      'newsroom, in both directions.',
    remedy: 'Write the same mosID and ncsID into the reply as stand in the request.',
    examples: 'reply',
    requirements: ['MOS-ENV-01'],
  },
  {
    id: 'envelope-out-of-order',
    title: 'writes the envelope in another order',
    explanation:
      'The DTD has mosID, ncsID, messageID, message. Most newsrooms do not mind; one that validates refuses the message.',
    remedy: 'Write mosID first, then ncsID, messageID and the message.',
    examples: 'reply',
    requirements: ['MOS-ENV-02'],
  },
  {
    id: 'duplicate-reply',
    title: 'sends a reply twice',
    explanation:
      'The same request is answered two times. The newsroom takes the second answer for that of its next request, and ' +
      'from then on everything is off by one.',
    remedy: 'Answer in one place only; a retry of yours is not due for a reply.',
    examples: 'do-not-share-state',
    requirements: ['MOS-HB-08', 'MOS-MI-12'],
  },
  {
    id: 'wrong-reply-type',
    title: 'replies with a message of the wrong type',
    explanation:
      'Each request has its reply: mosAck for the messages of the lower port, roAck for those of the upper, heartbeat ' +
      'for heartbeat, listMachInfo for reqMachInfo. The newsroom does not recognise another one as its answer.',
    remedy: 'Choose the reply by the family of the request.',
    examples: 'reply',
    requirements: ['MOS-ACK-04', 'MOS-HB-10'],
  },
  {
    id: 'invalid-reply',
    title: 'sends messages that do not follow the DTD',
    explanation:
      'Required elements are missing or stand in another order, or a constant is not spelled as defined. A newsroom ' +
      'that reads strictly loses the values or the message.',
    remedy: 'Write the elements in the order of the DTD and check what you send against it in your tests.',
    requirements: ['MOS-FRM-12', 'MOS-FRM-10'],
  },
  {
    id: 'acknowledges-acknowledgements',
    title: 'answers acknowledgements',
    explanation:
      'A mosAck, a roAck or another answer gets a reply of its own. The newsroom sees a stray message, and with a peer ' +
      'that does the same a loop begins.',
    remedy: 'End the exchange with the answer; reply to requests only.',
    requirements: ['MOS-ACK-13'],
  },
  {
    id: 'no-machine-info',
    title: 'does not answer reqMachInfo',
    explanation:
      'Without listMachInfo a newsroom does not know which profiles it may use. Some refuse to activate such a device.',
    remedy: 'Answer reqMachInfo with listMachInfo on lower and upper.',
    examples: 'reply',
    requirements: ['MOS-MI-01', 'MOS-MI-02'],
  },
  {
    id: 'machine-info-incomplete',
    title: 'leaves required elements out of listMachInfo',
    explanation:
      'The DTD wants every element from manufacturer to mosRev and a block of supported profiles, an empty value being ' +
      'allowed. A newsroom that parses strictly refuses the rest.',
    remedy: 'Write every required element, an empty one where there is nothing to say.',
    requirements: ['MOS-MI-03', 'MOS-MI-05', 'MOS-MI-06', 'MOS-MI-14'],
  },
  {
    id: 'machine-info-overclaims',
    title: 'claims profiles that it does not serve',
    explanation:
      'The device says YES in listMachInfo to a profile whose requests go unanswered or are refused as unknown. The newsroom offers ' +
      'its users functions that do not work.',
    remedy: 'Claim only what is implemented completely, or implement the rest.',
    requirements: ['MOS-ACK-01', 'MOS-CONN-12'],
  },
  {
    id: 'machine-info-breaks-dependencies',
    title: 'claims a profile without those it builds on',
    explanation:
      'Profile 2 builds on 0 and 1; 3 to 7 on 0, 1 and 2; and Profile 0 alone is not a claim. A newsroom cannot rely ' +
      'on such a list.',
    remedy: 'Claim the profiles below as well, which includes serving them, or claim less.',
    requirements: ['MOS-MI-08', 'MOS-MI-07'],
  },
  {
    id: 'machine-info-varies',
    title: 'claims different profiles at different times or ports',
    explanation:
      'Two answers to the same question contradict each other. What the newsroom believes depends on the port and the ' +
      'moment at which it asked.',
    remedy: 'Build listMachInfo from one place for every port.',
    requirements: ['MOS-MI-13'],
  },
  {
    id: 'second-lane-blocked',
    title: 'blocks one lane while the other is busy',
    explanation:
      'Upper and lower port share a lock or a queue. While one waits for an acknowledgement, the other does not answer: ' +
      'a slow object update stops the running order.',
    remedy: 'Give each port its own queue and its own wait for acknowledgements.',
    examples: 'do-not-share-state',
    requirements: ['MOS-CONN-11', 'MOS-HB-07'],
  },
  {
    id: 'several-messages',
    title: 'puts more than one message into an envelope',
    explanation:
      'A mos element holds one message. Of two, a newsroom reads the first, the last, or refuses both; the sender never ' +
      'learns which.',
    remedy: 'Write a mos element of its own around each message.',
    requirements: ['MOS-ENV-03'],
  },
  {
    id: 'incomplete-ack',
    title: 'leaves required elements or the reason out of mosAck',
    explanation:
      'A mosAck holds objID, objRev, status and statusDescription, in this order, and a refusal says why. Without ' +
      'them the newsroom can neither match the object nor tell its user what went wrong.',
    remedy: 'Write all four elements, empty ones where there is nothing to say, and a reason with each NACK.',
    examples: 'reply',
    requirements: ['MOS-ACK-05', 'MOS-ACK-06'],
  },
  {
    id: 'expects-handshake',
    title: 'answers only after a certain first message',
    explanation:
      'MOS knows no handshake: the first message on a connection may be any request. A newsroom that begins with another ' +
      'one than the device expects gets no answer.',
    remedy: 'Answer every request on every connection, whatever came before it.',
    requirements: ['MOS-CONN-13'],
  },
  {
    id: 'one-newsroom-at-a-time',
    title: 'serves only one of the newsrooms it is configured for at a time',
    explanation:
      'While one newsroom is connected, requests with the ncsID of another go unanswered. A standby system, or a second ' +
      'newsroom in the house, cannot work with the device.',
    remedy: 'Keep what belongs to a newsroom by its ncsID, and serve each of them.',
    examples: 'do-not-share-state',
    requirements: ['MOS-CONN-09'],
  },
  {
    id: 'spoils-next-connection',
    title: 'takes the rest of a cut message into the next connection',
    explanation:
      'The buffer of a connection that ended in the middle of a message is used on for the next one. Its first message is ' +
      'glued to the old rest and lost.',
    remedy: 'Start every connection with an empty buffer.',
    examples: 'do-not-share-state',
    requirements: ['MOS-CONN-15'],
  },
  {
    id: 'repeats-own-message-id',
    title: 'does not count the messageIDs of its own requests',
    explanation:
      'A new request carries the messageID of an earlier one, or a lower one. The newsroom takes it for a repetition that ' +
      'it has dealt with already, and ignores it.',
    remedy: 'Raise the messageID by one for each new request, and store the last one across restarts.',
    requirements: ['MOS-ENV-05', 'MOS-ENV-04'],
  },
];
