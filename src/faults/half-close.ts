import { family } from './fault.ts';
import { isRelease } from './evidence.ts';
import { CLOSES_WITH_REQUEST } from './scenarios.ts';
import { certain, likely, signatures } from './signature.ts';

/** Faults that a half-close brings to light. */
export const HALF_CLOSE = family({
  'drops-reply-on-half-close': {
    title: 'drops the reply when the newsroom half-closes after asking',
    explanation:
      'The FIN behind the request makes the device close before it has answered. The sockets are released, but the ' +
      'newsroom, which would still have read, loses the acknowledgement and has to send the request again.',
    remedy: 'Answer what was received, write it out, then close.',
    examples: 'finish-then-close',
    requirements: ['SOCK-HC-02'],
  },
  'hangs-on-half-close': {
    title: 'neither answers nor closes after a half-close that follows a request',
    explanation:
      'The FIN arrives while the device works on the request, and nobody picks the connection up again: no reply, no ' +
      'close, CLOSE_WAIT there and FIN_WAIT_2 here. The newsroom waits until its own time-out.',
    remedy:
      'Finish the request after the end of the stream as well, then close, whether or not the reply could be sent.',
    examples: 'finish-then-close',
    requirements: ['SOCK-HC-05', 'SOCK-HC-02', 'SOCK-REL-05'],
  },
  'answers-half-close-then-leaks': {
    title: 'answers after a half-close and then leaves the connection open',
    explanation:
      'The reply arrives, so the exchange looks perfect, but the device forgets that the stream had already ended and ' +
      "waits for another request. Its end stays in CLOSE_WAIT, the newsroom's in FIN_WAIT_2.",
    remedy: 'Remember that the stream has ended, and close as soon as the last reply is written.',
    examples: 'finish-then-close',
    requirements: ['SOCK-HC-05', 'SOCK-REL-05'],
  },
});

/** Tests whose FIN comes together with a request, right behind it, or while its answer is pending. */
const AROUND_A_REQUEST = [...CLOSES_WITH_REQUEST, 'HC-05', 'REL-06', 'LANE-23', 'LANE-24', 'HC-06'];

/** Signatures of faults that a half-close brings to light. */
export const HALF_CLOSE_SIGNATURES = signatures(HALF_CLOSE, [
  {
    fault: 'hangs-on-half-close',
    find: (evidence) => {
      const hangs = evidence.shows(['HC-05'], isRelease);
      if (!hangs || evidence.fails(['HC-01']) || !evidence.fails(['HC-02'])) return undefined;
      return certain([...evidence.failures(isRelease, AROUND_A_REQUEST), ...evidence.of(['HC-02'])]);
    },
  },
  {
    fault: 'answers-half-close-then-leaks',
    find: (evidence) => {
      const isPending = evidence.shows(['HC-06'], isRelease);
      if (!isPending || evidence.fails(['HC-01', 'HC-02', 'REL-02'])) return undefined;
      return certain(evidence.failures(isRelease, AROUND_A_REQUEST));
    },
  },
  {
    fault: 'drops-reply-on-half-close',
    find: (evidence) =>
      evidence.fails(['HC-05', 'REL-02', 'CON-01', 'RC-01']) ? undefined : likely(evidence.of(['HC-02'])),
  },
]);
