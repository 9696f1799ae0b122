import { family } from './fault.ts';
import { all, code, figure, isRelease, not, type Evidence, type Failure } from './evidence.ts';
import {
  AFTER_A_VANISHED,
  BESIDE_AN_OLDER,
  BESIDE_ANOTHER,
  CHURN_BY_FEW,
  CHURN_IN_CROWD,
  CHURN_OF_ALL_ENDS,
  CHURN_ONE_BY_ONE,
  CHURN_WITH_RESETS,
  CHURN_WITHOUT_RESETS,
  MANY_CLOSES,
  PLAIN_OR_EARLY_CLOSES,
  SINGLE_ABORTS,
} from './scenarios.ts';
import { likely, signatures } from './signature.ts';
import { churnLeaks, isMisdirected, isOnlyUnanswered, losesRequests, unansweredShare } from './tally.ts';

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

/** Losing now and then is one fault, losing whatever comes in a crowd another. */
const NOW_AND_THEN = 0.1;

/** Requests of the crowd that only got no answer, nothing being wrong with single connections. */
function losesAnswers(evidence: Evidence): Failure[] {
  if (evidence.fails([...CHURN_ONE_BY_ONE, 'CON-01', ...BESIDE_ANOTHER])) return [];
  return evidence
    .failures(all(losesRequests, isOnlyUnanswered), CHURN_IN_CROWD)
    .filter((one) => unansweredShare(one) > 0);
}

/** Failures of a churn that come of requests without an answer: their connections stay open as well. */
function withConsequences(evidence: Evidence, lost: readonly Failure[]): Failure[] {
  return evidence.failures(({ test }) => lost.some((one) => one.test === test));
}

/** What happens once among hundreds of connections has no name yet. */
const MORE_THAN_ONCE = 2;

/** Signatures of faults that only many connections show. */
export const CHURN_SIGNATURES = signatures(CHURN, [
  {
    fault: 'slows-with-connections',
    find: (evidence) => {
      const slow = evidence.failures(code('slowed-down'), CHURN_IN_CROWD);
      const others = evidence.failures(not(code('slowed-down')), CHURN_IN_CROWD);
      return others.length > 0 ? undefined : likely(slow);
    },
  },
  {
    fault: 'reply-on-other-under-load',
    find: (evidence) => {
      if (evidence.fails([...CHURN_ONE_BY_ONE, ...CHURN_BY_FEW, ...BESIDE_AN_OLDER])) return undefined;
      const astray = evidence.failures(all(losesRequests, isMisdirected), CHURN_IN_CROWD);
      return likely(withConsequences(evidence, astray));
    },
  },
  {
    fault: 'loses-reply-under-load',
    find: (evidence) => {
      if (evidence.fails(CHURN_BY_FEW)) return undefined;
      const lost = losesAnswers(evidence).filter((one) => unansweredShare(one) < NOW_AND_THEN);
      return likely(withConsequences(evidence, lost));
    },
  },
  {
    fault: 'leak-per-abort',
    find: (evidence) => {
      if (evidence.fails([...CHURN_WITHOUT_RESETS, ...SINGLE_ABORTS, ...AFTER_A_VANISHED])) return undefined;
      const stalled = evidence.shows(CHURN_WITH_RESETS, losesRequests);
      return stalled ? likely(evidence.of(CHURN_WITH_RESETS)) : undefined;
    },
  },
  {
    fault: 'leak-under-churn',
    find: (evidence) => {
      const left = churnLeaks(evidence, [...CHURN_IN_CROWD, ...CHURN_BY_FEW]);
      const sum = left.reduce((so, { symptom }) => so + figure(symptom, 'left'), 0);
      return evidence.fails([...CHURN_ONE_BY_ONE, ...PLAIN_OR_EARLY_CLOSES]) || sum < MORE_THAN_ONCE
        ? undefined
        : likely([
            ...left,
            ...churnLeaks(evidence, CHURN_OF_ALL_ENDS),
            ...evidence.failures(isRelease, MANY_CLOSES),
          ]);
    },
  },
]);
