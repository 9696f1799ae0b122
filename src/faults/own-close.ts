import { family } from './fault.ts';
import { any, figure, isHeldUp, isRelease, isSilent, isTurnedAway, keepsDescriptors } from './evidence.ts';
import { PLAIN_CLOSES } from './scenarios.ts';
import { likely, signatures } from './signature.ts';

/** Faults of a close that the device itself begins. */
export const OWN_CLOSE = family({
  'does-not-complete-own-close': {
    title: 'closes first and then does not complete the release',
    explanation:
      'The device shut down its sending side and never closed the descriptor or never read the rest. When the ' +
      "newsroom closes, the connection hangs half-way: LAST_ACK here, or the device's end in FIN_WAIT_2 for good. " +
      'Each such connection costs the device a descriptor, until it can accept no more.',
    remedy: 'Close the descriptor after the shutdown, at the latest when the read returns nothing.',
    examples: 'finish-then-close',
    requirements: ['SOCK-DC-01'],
  },
  'blocks-while-own-close-waits': {
    title: 'serves nobody while its own close waits for the newsroom',
    explanation:
      'The device closes first and then blocks (SO_LINGER with a time, or a read that waits for the end) on the ' +
      'thread that serves the others. A newsroom that is slow to close holds up everybody.',
    remedy: 'Do not wait for the other side on a shared thread, and do not set SO_LINGER.',
    examples: 'accept-loop',
    requirements: ['SOCK-DC-02'],
  },
});

/** Signatures of a device that closes first and does it badly: whatever asks it something then shows it. */
export const OWN_CLOSE_SIGNATURES = signatures(OWN_CLOSE, [
  {
    fault: 'does-not-complete-own-close',
    find: (evidence) => {
      const own = [
        ...evidence.failures(isRelease, ['DC-01']),
        ...evidence.failures(keepsDescriptors, ['DC-03']),
      ];
      if (own.length === 0 || evidence.fails(PLAIN_CLOSES)) return undefined;
      // In the end no place is left, and new connections are turned away.
      const isFull = any(isTurnedAway, ({ symptom }) => figure(symptom, 'closedEarly', 'resetEarly') > 0);
      return likely([...own, ...evidence.failures(any(keepsDescriptors, isFull))]);
    },
  },
  {
    fault: 'blocks-while-own-close-waits',
    find: (evidence) => {
      const waiting = evidence.failures(isSilent, ['DC-02']);
      // Behind a connection on which the device has closed nothing yet, everybody is served.
      if (waiting.length === 0 || evidence.fails(['CON-03', 'ST-01', 'ST-03', 'DC-01'])) return undefined;
      return likely(evidence.failures(isHeldUp));
    },
  },
]);
