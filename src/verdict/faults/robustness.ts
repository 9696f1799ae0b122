import type { FaultEntry } from './fault.ts';

/** Faults that bad input brings to light. */
export const ROBUSTNESS_FAULTS: readonly FaultEntry[] = [
  {
    id: 'crashes-on-malformed',
    title: 'ends when it receives malformed XML',
    explanation:
      'An exception of the parser ends the process. One broken message of one newsroom takes the device away from all ' +
      'of them.',
    remedy:
      'Catch errors of parsing where the connection is served; drop the message or the connection, nothing else.',
    examples: 'survive-reset',
    requirements: ['MOS-FRM-09'],
  },
  {
    id: 'deaf-after-malformed',
    title: 'no longer answers on a connection, or at all, after malformed XML',
    explanation:
      'The parser or the buffer is left in a state in which nothing is recognised any more, and the state is shared ' +
      'with later connections. The device is connected and silent.',
    remedy:
      'Start with an empty buffer and a fresh parser on each connection, and after an error close the one it came on.',
    examples: 'do-not-share-state',
    requirements: ['MOS-FRM-09'],
  },
  {
    id: 'expands-entities',
    title: 'expands entities that a message declares',
    explanation:
      'The XML parser follows a document type declaration in the message: nested entities fill the memory, external ' +
      'ones read files and URLs of the host of the device. Whoever reaches the port can do it.',
    remedy: 'Switch document type declarations and external entities off in the parser.',
    requirements: ['MOS-ERR-09'],
  },
  {
    id: 'swallows-unknown-and-stops',
    title: 'stops answering after a message of an unknown type',
    explanation:
      'A message that the device does not know leaves it waiting: it neither answers nor reads on. The connection looks ' +
      'healthy and is dead.',
    remedy: 'Ignore or refuse what is unknown, and read the next message.',
    examples: 'framing',
    requirements: ['MOS-FRM-14'],
  },
  {
    id: 'disturbed-by-wrong-ids',
    title: 'is disturbed by a message for somebody else',
    explanation:
      'A message with an unknown mosID or ncsID makes the device end, fall silent or apply it. A configuration error at ' +
      'one newsroom then hurts all the others.',
    remedy: 'Refuse or ignore messages with other IDs, and go on serving.',
    requirements: ['MOS-ENV-09'],
  },
  {
    id: 'disturbed-by-odd-message-id',
    title: 'does not cope with an unusual messageID',
    explanation:
      'A messageID that is hexadecimal, missing, very large or no number makes the device fail or answer with another ' +
      'one. Such messages exist in the field.',
    remedy: 'Treat messageID as text, echo it as it came, and accept a request without one.',
    examples: 'reply',
    requirements: ['MOS-ENV-07', 'MOS-ENV-08', 'MOS-ERR-05'],
  },
  {
    id: 'disturbed-by-stray-messages',
    title: 'is disturbed by answers it did not wait for',
    explanation:
      'An acknowledgement without a pending request, or a message on the wrong port, brings the device out of step or ' +
      'to a halt.',
    remedy: 'Ignore what belongs to no request, and refuse what belongs to another port.',
    requirements: ['MOS-ERR-10', 'MOS-ERR-02', 'MOS-ERR-01'],
  },
];
