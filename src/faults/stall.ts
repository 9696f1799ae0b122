import { family } from './fault.ts';
import {
  all,
  any,
  code,
  isHeldUp,
  isRelease,
  isServing,
  isSilent,
  isTurnedAway,
  type Evidence,
  type Failure,
  type Fits,
} from './evidence.ts';
import {
  BESIDE_ANOTHER,
  CALM,
  CHURN_IN_CROWD,
  CHURN_ONE_BY_ONE,
  LEFT_BY_ANY,
  MANY_AT_ONCE,
  OLDER_ASKS,
} from './scenarios.ts';
import { likely, possible, signatures } from './signature.ts';

/** Faults by which one connection, open and perhaps difficult, holds up itself or the others. */
export const STALL = family({
  'one-connection-at-a-time': {
    title: 'serves one connection at a time',
    explanation:
      'Accepting and serving share one loop. The kernel completes the handshake of a second connection, so the ' +
      'newsroom believes that it is connected, but nobody answers until the first one has gone.',
    remedy:
      'Give each connection a thread, a task or a state of its own, and let the accepting code only accept.',
    examples: 'accept-loop',
    requirements: ['SOCK-CON-02', 'SOCK-CON-03', 'SOCK-RC-04'],
  },
  'disturbed-by-idle-connections': {
    title: 'is disturbed by connections that send nothing',
    explanation:
      'Connections that are only open take away what others need: a slot, a thread of a small pool, the attention of ' +
      'the accept loop. A newsroom holds such connections all day.',
    remedy: 'Size pools for the connections that are open, not for the requests that are running.',
    examples: 'accept-loop',
    requirements: ['SOCK-CON-03'],
  },
  'blocks-while-idle': {
    title: 'serves nobody else while one connection is idle',
    explanation:
      'A blocking read waits for the next request of one connection and holds up all others. As long as everybody ' +
      'talks nothing shows; a newsroom that is connected and quiet stops MOS for the rest.',
    remedy: 'Read each connection on its own thread or task, or only when it has something to read.',
    examples: 'accept-loop',
    requirements: ['SOCK-CON-03', 'SOCK-CON-02'],
  },
  'blocks-while-drip': {
    title: 'serves nobody else while a message trickles in',
    explanation:
      'Once a message has begun the device reads until it is complete, on a thread that the others need. A slow link ' +
      'or a hanging sender holds up every newsroom.',
    remedy:
      'Keep what has arrived with its connection and come back when more is there; never loop for the rest.',
    examples: 'framing',
    requirements: ['SOCK-ST-01', 'MOS-ERR-08'],
  },
  'blocks-while-not-reading': {
    title: 'serves nobody else while one newsroom does not read',
    explanation:
      'The window of a connection is full and the device blocks in the write, on a thread that the others need. One ' +
      'workstation that hangs stops MOS for all.',
    remedy: 'Write without blocking or with a time-out, and close the connection when it expires.',
    examples: 'accept-loop',
    requirements: ['SOCK-ST-02'],
  },
  'blocks-while-endless': {
    title: 'serves nobody else while it receives a message that never ends',
    explanation:
      'Every piece that arrives makes the device search or copy everything again, on a thread that the others need. ' +
      'The longer the message, the longer all the others wait.',
    remedy:
      'Search only what is new, set a limit for the size of a message, and close the connection beyond it.',
    examples: 'framing',
    requirements: ['SOCK-ST-03'],
  },
  'buffers-endless-message': {
    title: 'collects a message that never ends without a limit',
    explanation:
      'Bytes without a closing tag are kept for ever. A faulty sender, or one that talks another protocol, fills the ' +
      'memory until the device ends or its host begins to swap.',
    remedy:
      'Set a limit for the size of a message, far above any real one, and close the connection beyond it.',
    examples: 'framing',
    requirements: ['SOCK-ST-04'],
  },
  'stops-reading-after-n': {
    title: 'stops reading a connection after a number of messages',
    explanation:
      'The connection stays open and the kernel still acknowledges what arrives, but the application no longer reads. ' +
      'Bytes pile up in its receive queue, the window closes, and the newsroom waits for replies.',
    remedy: 'Start the next read after every message, also after one that could not be handled.',
    examples: 'framing',
    requirements: ['SOCK-CH-04', 'MOS-ACK-01'],
  },
});

/** Tests of framing that a device which does not collect what it reads fails before it can be blamed for collecting. */
const FRAMING = ['FRM-01S', 'FRM-08'];

/** What one connection in the way does to the others, where a quiet one beside them does nothing. */
function blocked(evidence: Evidence, id: string): Failure[] {
  return evidence.fails(BESIDE_ANOTHER) ? [] : evidence.failures(isSilent, [id]);
}

/** Signatures of devices in which one connection is in the way of others. */
export const STALL_SIGNATURES = signatures(STALL, [
  {
    fault: 'one-connection-at-a-time',
    find: (evidence) => {
      const waiting = evidence.failures(isSilent, ['RC-04', 'CON-02']);
      const isAlone = evidence.runs(['RC-04']).length === 0 || evidence.fails(['RC-04']);
      if (waiting.length === 0 || !isAlone || evidence.fails(['REL-01', 'RC-01'])) return undefined;
      return likely([...evidence.failures(isHeldUp), ...evidence.of(MANY_AT_ONCE)]);
    },
  },
  {
    fault: 'blocks-while-idle',
    find: (evidence) => {
      if (!evidence.shows(OLDER_ASKS, isSilent) || !evidence.passes(['RC-04'])) return undefined;
      return likely([...evidence.failures(isHeldUp), ...evidence.of(MANY_AT_ONCE)]);
    },
  },
  {
    fault: 'disturbed-by-idle-connections',
    find: (evidence) => {
      if (evidence.fails([...CALM, 'RC-04', ...CHURN_ONE_BY_ONE])) return undefined;
      const waiting = evidence.failures(any(isSilent, isTurnedAway, isServing), ['CON-03']);
      return waiting.length > 0 ? likely([...waiting, ...evidence.of(MANY_AT_ONCE)]) : undefined;
    },
  },
  {
    fault: 'blocks-while-drip',
    find: (evidence) => {
      const waiting = blocked(evidence, 'ST-01');
      return waiting.length > 0 ? likely([...waiting, ...evidence.failures(isHeldUp)]) : undefined;
    },
  },
  {
    fault: 'blocks-while-not-reading',
    find: (evidence) => (evidence.fails(['ST-01']) ? undefined : likely(blocked(evidence, 'ST-02'))),
  },
  {
    fault: 'blocks-while-endless',
    find: (evidence) => (evidence.fails(['ST-01']) ? undefined : likely(blocked(evidence, 'ST-03'))),
  },
  {
    fault: 'buffers-endless-message',
    find: (evidence) =>
      evidence.fails(FRAMING) ? undefined : likely(evidence.failures(code('kept-open'), ['ST-04'])),
  },
  {
    fault: 'stops-reading-after-n',
    find: (evidence) => {
      if (evidence.fails([...CHURN_ONE_BY_ONE, ...CHURN_IN_CROWD, ...BESIDE_ANOTHER])) return undefined;
      const isServedAWhile: Fits = ({ assertion: { symptom } }) =>
        symptom?.code === 'neglected' && symptom.figures.exchanges > 0;
      const neglected = evidence.failures(all(isSilent, isServedAWhile), ['CH-04']);
      if (neglected.length === 0) return undefined;
      // Who reads no more never reads the end of the stream either.
      const left = evidence.failures(isRelease, LEFT_BY_ANY);
      return possible([...neglected, ...evidence.failures(isSilent, ['REL-10']), ...left]);
    },
  },
]);
