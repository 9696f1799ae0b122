import type { FaultEntry } from './fault.ts';

/** Faults that a half-close brings to light. */
export const HALF_CLOSE_FAULTS: readonly FaultEntry[] = [
  {
    id: 'drops-reply-on-half-close',
    title: 'drops the reply when the newsroom half-closes after asking',
    explanation:
      'The FIN behind the request makes the device close before it has answered. The sockets are released, but the ' +
      'newsroom, which would still have read, loses the acknowledgement and has to send the request again.',
    remedy: 'Answer what was received, write it out, then close.',
    examples: 'finish-then-close',
    requirements: ['SOCK-HC-02'],
  },
  {
    id: 'hangs-on-half-close',
    title: 'neither answers nor closes after a half-close that follows a request',
    explanation:
      'The FIN arrives while the device works on the request, and nobody picks the connection up again: no reply, no ' +
      'close, CLOSE_WAIT there and FIN_WAIT_2 here. The newsroom waits until its own time-out.',
    remedy:
      'Finish the request after the end of the stream as well, then close, whether or not the reply could be sent.',
    examples: 'finish-then-close',
    requirements: ['SOCK-HC-05', 'SOCK-HC-02', 'SOCK-REL-05'],
  },
  {
    id: 'answers-half-close-then-leaks',
    title: 'answers after a half-close and then leaves the connection open',
    explanation:
      'The reply arrives, so the exchange looks perfect, but the device forgets that the stream had already ended and ' +
      "waits for another request. Its end stays in CLOSE_WAIT, the newsroom's in FIN_WAIT_2.",
    remedy: 'Remember that the stream has ended, and close as soon as the last reply is written.',
    examples: 'finish-then-close',
    requirements: ['SOCK-HC-05', 'SOCK-REL-05'],
  },
];
