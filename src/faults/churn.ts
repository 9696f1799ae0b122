import { family } from './fault.ts';
import { code, figure, not, type Evidence, type Failure } from './evidence.ts';
import { likely, signatures } from './signature.ts';

/** Faults that only many connections show, at once or one after the other. */
export const CHURN = family({
  'reply-on-other-under-load': {
    title: "sends replies on somebody else's connection under load",
    explanation:
      'Requests that overlap share a variable that holds the socket to answer on. The reply of one newsroom reaches ' +
      'another, which may apply it; the first one waits. It happens only when two requests meet.',
    remedy: 'Carry the connection with the request from the read to the reply; share no "current" socket.',
    examples: 'do-not-share-state',
    requirements: ['SOCK-CH-02', 'SOCK-RC-05', 'MOS-CONN-08'],
  },
  'loses-reply-under-load': {
    title: 'loses a reply now and then under load',
    explanation:
      'A request is read but never answered when many arrive at once: a queue that drops, a write that was only ' +
      'partly done, two threads that write into each other. The newsroom times out and sends again.',
    remedy:
      'Never drop a request that was read, write until everything is out, and let only one thread write to a socket.',
    examples: 'do-not-share-state',
    requirements: ['SOCK-CH-02', 'MOS-ACK-01'],
  },
  'slows-with-connections': {
    title: 'becomes slower with every connection it has served',
    explanation:
      'Each finished connection leaves something behind that later work has to pass: an entry in a list, an event ' +
      'handler, a finished thread. Replies take longer and longer until the newsroom times out.',
    remedy: 'Remove a finished connection from every list, and unsubscribe what was subscribed for it.',
    examples: 'survive-reset',
    requirements: ['SOCK-CH-06'],
  },
  'leak-per-abort': {
    title: 'loses a thread, a timer or memory with every reset until it stalls',
    explanation:
      'What belongs to a connection is freed only after an orderly close. Every reset leaves a thread, a timer or a ' +
      'buffer behind; the device becomes slower with each of them and finally stands still, although no socket is left behind.',
    remedy:
      'Free everything that belongs to a connection in one place that runs however the connection ended.',
    examples: 'survive-reset',
    requirements: ['SOCK-CH-03', 'SOCK-AB-05'],
  },
  'leak-under-churn': {
    title: 'leaves sockets behind when connections come and go quickly',
    explanation:
      'The number of sockets that are not released grows with the number of connections. One connection alone is ' +
      'released properly; a race between close and other events decides over the rest.',
    remedy: 'Let one owner close each connection, exactly once, on every way out.',
    examples: 'close-on-eof',
    requirements: ['SOCK-CH-05', 'SOCK-CH-01', 'SOCK-CH-02', 'SOCK-CH-03'],
  },
});

/** Churn without a crowd: what goes wrong in it has nothing to do with load. */
const ALONE = 'CH-01';

/** Churn with the largest crowd. */
const CROWD = 'CH-02';

/** Churn by a few at a time. */
const FEW = ['CH-03N', 'CH-03H', 'CH-04'];

/** Churn in which connections are reset. */
const RESETS = ['CH-03A', 'CH-03M'];

/** Tests in which the device has nothing to do but to close after our FIN. */
const PLAIN = ['REL-01', 'REL-02', 'REL-03', 'HC-01'];

/** Tests of answers on the right connection. */
const RIGHT_CONNECTION = ['RC-04', 'RC-05'];

/** Losing now and then is one fault, losing whatever comes in a crowd another. */
const NOW_AND_THEN = 0.1;

const isLost = code('requests-lost');

/** The share of the requests of a churn that nothing answered. */
function unanswered({ symptom }: Failure): number {
  return figure(symptom, 'unanswered') / Math.max(1, figure(symptom, 'started'));
}

function isMisdirected({ symptom }: Failure): boolean {
  return figure(symptom, 'misdirected') > 0;
}

/** Requests of the crowd that only got no answer, nothing being wrong with single connections. */
function losesAnswers(evidence: Evidence): Failure[] {
  if (evidence.fails([ALONE, 'CON-01', 'CON-02', ...RIGHT_CONNECTION])) return [];
  const other = ['misdirected', 'closedEarly', 'resetEarly', 'refused', 'resetOnOpen'] as const;
  return evidence
    .failures(isLost, [CROWD])
    .filter((one) => unanswered(one) > 0 && other.every((name) => figure(one.symptom, name) === 0));
}

/** Failures of a churn that come of requests without an answer: their connections stay open as well. */
function withConsequences(evidence: Evidence, lost: readonly Failure[]): Failure[] {
  return evidence.failures(({ test }) => lost.some((one) => one.test === test));
}

/** Connections left behind where every request was answered. */
function leaks(evidence: Evidence, ids: readonly string[]): Failure[] {
  const lost = evidence.failures(isLost, ids).map(({ test }) => test);
  return evidence.failures(code('left-behind', 'leak-grows'), ids).filter(({ test }) => !lost.includes(test));
}

/** What happens once among hundreds of connections has no name yet. */
const MORE_THAN_ONCE = 2;

/** Signatures of faults that only many connections show. */
export const CHURN_SIGNATURES = signatures(CHURN, [
  {
    fault: 'slows-with-connections',
    find: (evidence) => {
      const slow = evidence.failures(code('slowed-down'), [CROWD]);
      const others = evidence.failures(not(code('slowed-down')), [CROWD]);
      return others.length > 0 ? undefined : likely(slow);
    },
  },
  {
    fault: 'reply-on-other-under-load',
    find: (evidence) => {
      if (evidence.fails([ALONE, ...FEW, ...RIGHT_CONNECTION])) return undefined;
      return likely(withConsequences(evidence, evidence.failures(isLost, [CROWD]).filter(isMisdirected)));
    },
  },
  {
    fault: 'loses-reply-under-load',
    find: (evidence) => {
      if (evidence.fails(FEW)) return undefined;
      const lost = losesAnswers(evidence).filter((one) => unanswered(one) < NOW_AND_THEN);
      return likely(withConsequences(evidence, lost));
    },
  },
  {
    fault: 'leak-per-abort',
    find: (evidence) => {
      if (evidence.fails([ALONE, CROWD, ...FEW, 'AB-01', 'AB-02', 'AB-03'])) return undefined;
      const stalled = evidence.failures(isLost, RESETS);
      return stalled.length > 0 ? likely(evidence.of(RESETS)) : undefined;
    },
  },
  {
    fault: 'leak-under-churn',
    find: (evidence) => {
      const left = leaks(evidence, [CROWD, ...FEW]);
      const sum = left.reduce((so, { symptom }) => so + figure(symptom, 'left'), 0);
      return evidence.fails([ALONE, ...PLAIN]) || sum < MORE_THAN_ONCE ? undefined : likely(left);
    },
  },
]);
