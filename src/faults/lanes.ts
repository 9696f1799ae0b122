import { family } from './fault.ts';
import { code, isUnanswered } from './evidence.ts';
import { certain, signatures } from './signature.ts';

/** Faults by which ports and newsrooms get into the way of each other. */
export const LANES = family({
  'second-lane-blocked': {
    title: 'blocks one lane while the other is busy',
    explanation:
      'Upper and lower port share a lock or a queue. While one waits for an acknowledgement, or for the rest of a ' +
      'long message, the other does not answer: a slow object update stops the running order.',
    remedy: 'Give each port its own queue and its own wait for acknowledgements.',
    examples: 'do-not-share-state',
    requirements: ['MOS-CONN-11', 'MOS-HB-07'],
  },
  'one-newsroom-at-a-time': {
    title: 'serves only one of the newsrooms it is configured for at a time',
    explanation:
      'While one newsroom is connected, requests with the ncsID of another go unanswered. A standby system, or a second ' +
      'newsroom in the house, cannot work with the device.',
    remedy: 'Keep what belongs to a newsroom by its ncsID, and serve each of them.',
    examples: 'do-not-share-state',
    requirements: ['MOS-CONN-09'],
  },
});

/** Signatures of faults between ports and newsrooms. */
export const LANES_SIGNATURES = signatures(LANES, [
  {
    fault: 'second-lane-blocked',
    find: (evidence) => certain(evidence.failures(isUnanswered, ['LANE-11', 'DIAL-05'])),
  },
  {
    fault: 'one-newsroom-at-a-time',
    find: (evidence) =>
      evidence.fails(['LANE-08'])
        ? undefined
        : certain(evidence.failures(code('no-reply', 'request-refused'), ['LANE-09'])),
  },
]);
