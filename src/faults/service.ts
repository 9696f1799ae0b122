import { family } from './fault.ts';
import {
  all,
  any,
  code,
  figure,
  isDead,
  isRefused,
  isServing,
  isSilent,
  isTurnedAway,
  keepsDescriptors,
  not,
  type Evidence,
  type Fits,
} from './evidence.ts';
import {
  CHURN_WITH_RESETS,
  CHURN_WITHOUT_RESETS,
  CLOSES_INSIDE_MESSAGE,
  DESCRIPTORS_AFTER_RESETS,
  MANY_CLOSES,
  PLAIN_CLOSES,
  RESET_OF_ITS_CALL,
  SINGLE_RESETS,
  STALLS,
  UNFINISHED_MESSAGES,
} from './scenarios.ts';
import { likely, signatures, type Signature } from './signature.ts';

/** Faults by which a connection that ended harms those that come after it. */
export const SERVICE = family({
  'listener-dies': {
    title: 'stops listening after a connection has ended',
    explanation:
      'The device closes or re-creates its listener together with the accepted socket, or leaves its accept loop. The ' +
      'newsroom can connect exactly once; after that it is refused, or waits in a queue that nobody empties.',
    remedy:
      'Keep the listener apart from the accepted sockets and never close it because a connection ended.',
    examples: 'accept-loop',
    requirements: ['SOCK-REL-10'],
  },
  'exits-on-reset': {
    title: 'ends when a connection is reset',
    explanation:
      'An unhandled connection error, or SIGPIPE on a write, ends the whole process. Every listener disappears and ' +
      'every other newsroom is cut off because one of them was switched off.',
    remedy: 'Catch the error where the connection is served and close only that connection; ignore SIGPIPE.',
    examples: 'survive-reset',
    requirements: ['SOCK-AB-01', 'SOCK-AB-02', 'SOCK-AB-03', 'SOCK-REL-06'],
  },
  'exits-on-abort-burst': {
    title: 'ends or stops listening when many connections are reset at once',
    explanation:
      'Connections that are reset before they were accepted make accept fail (ECONNABORTED, WSAECONNRESET), or hand ' +
      'over sockets that fail on the first call. The device takes this to be an error of its listener and gives up.',
    remedy: 'Go on accepting after an error of accept, and let a failed socket end only itself.',
    examples: 'accept-loop',
    requirements: ['SOCK-AB-04'],
  },
  'refuses-after-n': {
    title: 'refuses connections after a certain number of them',
    explanation:
      'Something is used up with each connection and never given back: a slot of a table, a licence, a pool entry. ' +
      'The device works after a restart and stops being reachable at a moment that seems random.',
    remedy:
      'Give back in the close whatever was taken in the accept, and count the two against each other in a test.',
    examples: 'accept-loop',
    requirements: ['SOCK-CH-01', 'SOCK-CH-02', 'SOCK-REL-10'],
  },
  'spoils-next-connection': {
    title: 'takes the rest of a cut message into the next connection',
    explanation:
      'The buffer of a connection that ended in the middle of a message is used on for the next one. Its first message is ' +
      'glued to the old rest and lost.',
    remedy: 'Start every connection with an empty buffer.',
    examples: 'do-not-share-state',
    requirements: ['MOS-CONN-15'],
  },
  'descriptor-leak-on-reset': {
    title: 'keeps the descriptor of a connection that was reset',
    explanation:
      'After a reset there is no socket in any table, but the application still holds the descriptor: netstat shows ' +
      'nothing while the process runs towards its limit. Then accept fails and no newsroom can connect any more.',
    remedy: 'Close the descriptor in the error path as well; a reset does not free it.',
    examples: 'survive-reset',
    requirements: ['SOCK-AB-06'],
  },
  'descriptor-leak-on-cut-reset': {
    title: 'keeps the descriptor of a connection that was reset in the middle of a message',
    explanation:
      'A reset between two messages is dealt with, one that comes while a message is being read is not: the reader ' +
      'gives up with an error and nobody closes the descriptor. Each crash of a newsroom costs one.',
    remedy:
      'Close the descriptor on every way out of the reader, errors in the middle of a message included.',
    examples: 'survive-reset',
    requirements: ['SOCK-AB-06'],
  },
  'descriptor-leak-on-owed-reply': {
    title: 'keeps the descriptor of a connection that was reset while a reply was owed',
    explanation:
      'A reset of an idle connection is dealt with. Where a reply is still being made, whoever makes it holds the ' +
      'connection, finds it gone and leaves it: no table shows a socket, and the descriptor is never given back.',
    remedy:
      'Close the descriptor where a reply cannot be sent any more, and let whoever makes it not own the connection.',
    examples: 'survive-reset',
    requirements: ['SOCK-AB-06'],
  },
});

/** Tests that serve or end a single connection in an orderly way, between two messages. */
const ORDERLY = ['CON-01', ...PLAIN_CLOSES];

/** Tests that reset many connections, one after the other or at once. */
const MANY_RESETS = ['AB-04', 'AB-05', 'AB-06', 'AB-06C', 'AB-06R'];

/** Tests that reset connections. */
const RESETS = [...SINGLE_RESETS, ...MANY_RESETS];

/** Tests that end a connection in the middle of a message, and do nothing else that could disturb a device. */
const CUT = [...CLOSES_INSIDE_MESSAGE, 'AB-02', 'LANE-15'];

/** Tests that also cut a message, beside other things. */
const CUT_BESIDES = [...STALLS, 'ST-04', 'AB-06C', 'LANE-11', 'LANE-22', ...UNFINISHED_MESSAGES];

/** Tests that end a connection between two messages. */
const NOTHING_CUT = [...ORDERLY, 'AB-01'];

/** Groups whose tests, but for those that reset or cut, do nothing that a device could die of. */
const HARMLESS_GROUPS = ['CON', 'REL', 'HC'];

/** So many connections have been served before: what one of them can do, one of those would have done. */
const MANY_BEFORE = 30;

/** Tests that need many connections, one after the other or at once. */
const MANY = [...MANY_CLOSES, ...MANY_RESETS];

/** A port that was open refuses connections. */
const isGone = any(
  isDead,
  all(isRefused, ({ about }) => about === 'opening'),
);

/** Whether some port that answered at first is one of those that refuse connections. */
function wasServed(evidence: Evidence): boolean {
  return evidence.failures(isGone, ORDERLY).some(({ test, symptom }) => {
    const port = symptom.port ?? test.port;
    return port === undefined || evidence.habits[port]?.answers !== 'refused';
  });
}

/** What is wrong with a message has nothing to do with who listens. */
const isMessage: Fits = ({ about }) => about === 'message';

/** The device refused connections of a churn. */
const churnRefused: Fits = ({ symptom }) => figure(symptom, 'refused') > 0;

/** Descriptors are kept after the resets of this test, and none after resets between two messages. */
function keptAfter(test: string): Signature['find'] {
  return (evidence) =>
    evidence.shows(['AB-06'], keepsDescriptors)
      ? undefined
      : likely(evidence.failures(keepsDescriptors, [test]));
}

/** Signatures of devices that stop serving. */
export const SERVICE_SIGNATURES = signatures(SERVICE, [
  {
    fault: 'spoils-next-connection',
    find: (evidence) => {
      const next = evidence.failures(all(isServing, isSilent), CUT);
      if (next.length === 0 || evidence.shows(NOTHING_CUT, isServing)) return undefined;
      return likely([...next, ...evidence.of([...CUT, ...CUT_BESIDES])]);
    },
  },
  { fault: 'descriptor-leak-on-cut-reset', find: keptAfter('AB-06C') },
  { fault: 'descriptor-leak-on-owed-reply', find: keptAfter('AB-06R') },
  {
    fault: 'descriptor-leak-on-reset',
    find: (evidence) =>
      evidence.shows(['AB-06'], keepsDescriptors)
        ? likely(evidence.failures(keepsDescriptors, DESCRIPTORS_AFTER_RESETS))
        : undefined,
  },
  {
    fault: 'exits-on-reset',
    find: (evidence) => {
      const isOrderly = evidence.shows([...ORDERLY, ...CLOSES_INSIDE_MESSAGE], isServing);
      const resets = [...SINGLE_RESETS, ...RESET_OF_ITS_CALL];
      if (!evidence.shows(resets, isDead) || isOrderly) return undefined;
      const isCutOff = any(
        isServing,
        isRefused,
        isTurnedAway,
        code('requests-lost', 'left-behind', 'no-dial'),
      );
      return likely(evidence.failures(isCutOff, [...RESETS, ...RESET_OF_ITS_CALL, ...CHURN_WITH_RESETS]));
    },
  },
  {
    // After so many connections the next one is not served, whatever was done with it.
    fault: 'refuses-after-n',
    find: (evidence) => {
      const [first] = evidence
        .failures(all(isServing, any(isRefused, isTurnedAway)))
        .sort((a, b) => a.test.startedUs - b.test.startedUs);
      if (!first || !HARMLESS_GROUPS.includes(first.test.group)) return undefined;
      // Who turns a second connection away has no more places after many than after few.
      if (evidence.shows(['CON-02'], isTurnedAway)) return undefined;
      const isHarmful = [...SINGLE_RESETS, ...CLOSES_INSIDE_MESSAGE].includes(first.test.id);
      if (isHarmful || evidence.connectionsBefore(first.test) < MANY_BEFORE) return undefined;
      return likely(evidence.failures(any(isServing, isRefused, isTurnedAway)));
    },
  },
  {
    fault: 'listener-dies',
    find: (evidence) =>
      evidence.shows(ORDERLY, isGone) && wasServed(evidence)
        ? likely(evidence.failures(not(isMessage)))
        : undefined,
  },
  {
    fault: 'exits-on-abort-burst',
    find: (evidence) =>
      evidence.fails([...SINGLE_RESETS, ...ORDERLY, ...CLOSES_INSIDE_MESSAGE, ...MANY_CLOSES])
        ? undefined
        : likely(evidence.failures(any(isDead, all(isServing, isSilent)), ['AB-04'])),
  },
  {
    fault: 'refuses-after-n',
    find: (evidence) => {
      if (evidence.shows(['CON-02'], isTurnedAway)) return undefined;
      const refused = evidence.failures(any(isRefused, churnRefused), [...MANY, ...CHURN_WITHOUT_RESETS]);
      // A device that still takes connections and gives each of them up at once has no place left either.
      const isFull = evidence.shows(MANY, all(isServing, isTurnedAway));
      return likely([...refused, ...(isFull ? evidence.failures(isTurnedAway, MANY) : [])]);
    },
  },
]);
