import type { TestResult } from '../results/results.ts';
import { family } from './fault.ts';
import {
  any,
  code,
  endings,
  figure,
  isRelease,
  isServing,
  keepsDescriptors,
  type Evidence,
} from './evidence.ts';
import { everyLeak, leaksOnceReset } from './leaks.ts';
import {
  CHURN_BY_FEW,
  CHURN_IN_CROWD,
  CHURN_OF_ALL_ENDS,
  CHURN_ONE_BY_ONE,
  CHURN_WITH_RESETS,
  CHURN_WITHOUT_RESETS,
  DESCRIPTORS_AFTER_RESETS,
  FULL_CLOSES,
  MANY_CLOSES,
  PLAIN_CLOSES,
  PLAIN_OR_EARLY_CLOSES,
  TWENTY_AT_ONCE,
} from './scenarios.ts';
import { certain, likely, signatures } from './signature.ts';
import { churnLeaks, isMisdirected, leftShare, lossOf, unansweredShare } from './tally.ts';

/** Leaks that no connection shows alone: it takes many of them, or another one that ended badly before. */
export const LEAK_AMONG_MANY = family({
  'leak-every-nth': {
    title: 'now and then leaves a connection unclosed',
    explanation:
      'Most connections are released, some stay in CLOSE_WAIT for good: one way through the code leaves out the close, ' +
      'or two events race for it. Nothing shows in a short test; over days the sockets add up until MOS stops.',
    remedy:
      'Put the close where every way out passes (using, try-with-resources, with, one cleanup label), not at the end ' +
      'of the usual one.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-09', 'SOCK-CH-01', 'SOCK-CH-05'],
  },
  'descriptor-leak-on-close': {
    title: 'sends its FIN and keeps the descriptor',
    explanation:
      'The device answers the close with a FIN of its own, by a shutdown, and never closes the descriptor. No socket ' +
      'table shows it: both ends look released. The process collects a descriptor with every connection until it has ' +
      'none left; then it accepts nobody, and only a restart helps.',
    remedy: 'Call close after the shutdown, on every way out of the code that serves the connection.',
    examples: 'close-on-eof',
    requirements: ['SOCK-REL-09'],
  },
  'leak-after-reset': {
    title: 'stops closing its connections after one was reset',
    explanation:
      'A reset ends the loop, thread or handler that closes sockets. Later connections are still served, but their ' +
      'ends stay in CLOSE_WAIT. One newsroom that was switched off starts a leak that shows hours later.',
    remedy:
      'Handle the error of one connection where that connection is served, so that nothing shared ends with it.',
    examples: 'survive-reset',
    requirements: ['SOCK-RC-03', 'SOCK-CH-03', 'SOCK-REL-09'],
  },
  'leak-above-32': {
    title: 'leaves connections unclosed once many are open at the same time',
    explanation:
      'Up to some number of connections everything is released; beyond it some stay in CLOSE_WAIT. A table of fixed ' +
      'size, a pool of threads or the limit of select() decides who is still watched for the end of the stream.',
    remedy:
      'Watch every accepted socket for its end. Refuse what you cannot watch by closing it at once, rather than ' +
      'keeping it unwatched.',
    examples: 'accept-loop',
    requirements: ['SOCK-CH-02', 'SOCK-HC-04'],
  },
});

/** Tests in which few connections are open at a time. */
const FEW_AT_ONCE = [...CHURN_ONE_BY_ONE, ...CHURN_BY_FEW, ...PLAIN_OR_EARLY_CLOSES, ...TWENTY_AT_ONCE];

/** So many connections that stand are a crowd of their own. */
const CROWDED = 33;

/** Far more connections left behind than requests lost are a leak of its own. */
const MANY_MORE = 0.2;

/** Whether connections were left in a crowd before the NCS reset one, and not before the crowd. */
function followsCrowd(evidence: Evidence): boolean {
  const inCrowd = evidence.failuresBefore(['RC-03'], ({ test }) => CHURN_IN_CROWD.includes(test.id));
  return inCrowd.length > 0 && evidence.passes(CHURN_ONE_BY_ONE);
}

/** Whether a churn left so many connections behind that every later one comes into a crowd. */
function leavesCrowd(evidence: Evidence): boolean {
  return evidence.shows(CHURN_IN_CROWD, ({ symptom }) => figure(symptom, 'left') >= CROWDED);
}

/** Nearly all; the first ones may have been released before the crowd was complete. */
const NEARLY_ALL = 0.9;

/** Whether the churns by few, which come after the crowd, leave their connections behind as well. */
function leavesAllLater(evidence: Evidence): boolean {
  const left = churnLeaks(evidence, CHURN_BY_FEW).filter(code('left-behind'));
  return left.every(({ test }) => leftShare(evidence, test) >= NEARLY_ALL);
}

/** Whether a churn left far more behind than the connections whose answer is lost: those stay open as well. */
function leavesMore(evidence: Evidence, test: TestResult): boolean {
  const loss = lossOf(evidence, test);
  if (!loss) return leftShare(evidence, test) >= MANY_MORE;
  return !isMisdirected(loss) && leftShare(evidence, test) - unansweredShare(loss) >= MANY_MORE;
}

/**
 * Signatures of leaks that only several connections show. What one close shows, many show as well: such leaks are asked
 * for before.
 */
export const LEAK_AMONG_MANY_SIGNATURES = signatures(LEAK_AMONG_MANY, [
  {
    fault: 'leak-every-nth',
    find: (evidence) => {
      // Five hundred one after the other would show it as well: where they do not, it takes a crowd or a rush.
      if (evidence.passes(CHURN_ONE_BY_ONE)) return undefined;
      const some = evidence
        .failures(isRelease, MANY_CLOSES)
        .filter(({ test }) => endings(test, ['never closed', 'late']) < test.connections.length / 2);
      return some.length > 0 ? likely(evidence.failures(any(isRelease, code('leak-grows')))) : undefined;
    },
  },
  {
    fault: 'leak-every-nth',
    find: (evidence) => {
      if (evidence.fails(PLAIN_OR_EARLY_CLOSES)) return undefined;
      const some = churnLeaks(evidence, CHURN_ONE_BY_ONE).filter(
        ({ test }) => leftShare(evidence, test) < 0.5,
      );
      return some.length > 0
        ? likely(churnLeaks(evidence, [...CHURN_WITHOUT_RESETS, ...CHURN_OF_ALL_ENDS]))
        : undefined;
    },
  },
  {
    fault: 'descriptor-leak-on-close',
    find: (evidence) => {
      const kept = evidence.failures(keepsDescriptors, ['REL-09']);
      return kept.length > 0
        ? certain([...kept, ...evidence.failures(keepsDescriptors, ['DC-03', ...DESCRIPTORS_AFTER_RESETS])])
        : undefined;
    },
  },
  {
    fault: 'leak-after-reset',
    find: (evidence) => {
      const leaking = evidence.failures(isRelease, ['RC-03']);
      if (leaking.length === 0 || evidence.fails(PLAIN_CLOSES) || followsCrowd(evidence)) return undefined;
      return certain([...leaking, ...everyLeak(evidence), ...evidence.of(CHURN_WITH_RESETS)]);
    },
  },
  {
    fault: 'leak-after-reset',
    find: (evidence) => {
      if (!evidence.passes(FULL_CLOSES) || !leaksOnceReset(evidence)) return undefined;
      return certain(everyLeak(evidence));
    },
  },
  {
    fault: 'leak-after-reset',
    find: (evidence) =>
      evidence.fails([...CHURN_WITHOUT_RESETS, ...PLAIN_OR_EARLY_CLOSES])
        ? undefined
        : likely(churnLeaks(evidence, CHURN_OF_ALL_ENDS)),
  },
  {
    fault: 'leak-above-32',
    find: (evidence) => {
      // What follows a crowd that was never released is crowded as well.
      if (evidence.failuresBefore(CHURN_IN_CROWD, any(isRelease, isServing)).length > 0) return undefined;
      if (evidence.fails(FEW_AT_ONCE) && !(leavesCrowd(evidence) && leavesAllLater(evidence)))
        return undefined;
      const many = evidence
        .failures(code('left-behind', 'leak-grows'), CHURN_IN_CROWD)
        .filter(({ test }) => leavesMore(evidence, test));
      return many.length > 0 ? likely([...many, ...everyLeak(evidence)]) : undefined;
    },
  },
]);
