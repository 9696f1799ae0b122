import type { TestResult } from '../../results/results.ts';
import { likely } from './matches.ts';
import type { Signature } from './signatures.ts';
import { failures, type Symptoms } from './symptoms.ts';

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
const NOW_AND_THEN = 0.2;

/** The share of connections of which a failure of this test says these words; 0 where none does. */
function share(test: TestResult, words: RegExp): number {
  const shares = failures(test).map(({ actual }) => {
    const some = numberIn(new RegExp(`([\\d,]+) ${words.source}`), actual);
    const all = numberIn(/of ([\d,]+) (?:answered|left behind|released late)/, actual);
    return some && all ? some / all : 0;
  });
  return Math.max(0, ...shares);
}

function numberIn(pattern: RegExp, text: string): number {
  return Number(pattern.exec(text)?.[1]?.replaceAll(',', '') ?? 0);
}

const unanswered = (test: TestResult): number => share(test, /without an answer/);
const astray = (test: TestResult): number => share(test, /answered on another request's connection/);
const leftBehind = (test: TestResult): number => share(test, /of [\d,]+ left behind/);

/** Whether every request was answered, so that what is left behind is no mere consequence. */
function answersAll(test: TestResult): boolean {
  return failures(test).every((one) => !one.actual.includes(' answered: '));
}

/** Runs of these tests in which connections were left behind and nothing else went wrong. */
function leaks(symptoms: Symptoms, ids: readonly string[]): TestResult[] {
  return symptoms.failed(ids).filter((test) => leftBehind(test) > 0 && answersAll(test));
}

/** Runs with the crowd that only lost answers, nothing being wrong with single connections. */
function losesAnswers(symptoms: Symptoms): TestResult[] {
  if (!symptoms.clean([ALONE, 'CON-01', 'CON-02', ...RIGHT_CONNECTION])) return [];
  const others = /closed by the device|reset by the device|refused|reset while/;
  return symptoms
    .failed([CROWD])
    .filter((test) => unanswered(test) > 0 && astray(test) === 0)
    .filter((test) => failures(test).every(({ actual }) => !others.test(actual)));
}

/** Signatures of faults that only many connections show; they are asked in this order. */
export const CHURN_SIGNATURES: readonly Signature[] = [
  {
    id: 'slows-with-connections',
    match: (symptoms) =>
      likely(
        symptoms
          .failed([CROWD])
          .filter((test) => failures(test).every(({ requirement }) => requirement === 'SOCK-CH-06')),
      ),
  },
  {
    id: 'reply-on-other-under-load',
    match: (symptoms) => {
      if (!symptoms.clean([ALONE, ...FEW, ...RIGHT_CONNECTION])) return undefined;
      return likely(symptoms.failed([CROWD]).filter((test) => astray(test) > 0));
    },
  },
  {
    id: 'loses-reply-under-load',
    match: (symptoms) => {
      if (!symptoms.clean(FEW)) return undefined;
      return likely(losesAnswers(symptoms).filter((test) => unanswered(test) < NOW_AND_THEN));
    },
  },
  {
    id: 'slow-accept',
    match: (symptoms) => {
      const slow = losesAnswers(symptoms).filter((test) => unanswered(test) >= NOW_AND_THEN);
      return slow.length > 0 ? likely(symptoms.failed([CROWD, ...FEW, ...RESETS, 'CON-03'])) : undefined;
    },
  },
  {
    id: 'stops-reading-after-n',
    match: (symptoms) => {
      if (!symptoms.clean([ALONE, CROWD, 'CON-02', ...RIGHT_CONNECTION])) return undefined;
      const served = /^nothing came .* after [1-9]\d* exchanges/;
      const silent = symptoms
        .failed(['CH-04'])
        .filter((test) => failures(test).some(({ actual }) => served.test(actual)));
      return silent.length > 0 ? { confidence: 'possible', tests: silent } : undefined;
    },
  },
  {
    id: 'leak-per-abort',
    match: (symptoms) => {
      if (!symptoms.clean([ALONE, CROWD, ...FEW, 'AB-01', 'AB-02', 'AB-03'])) return undefined;
      const stalled = symptoms.failed(RESETS).filter((test) => unanswered(test) > 0);
      return stalled.length > 0 ? likely(symptoms.failed(RESETS)) : undefined;
    },
  },
  {
    id: 'leak-after-reset',
    match: (symptoms) => {
      if (!symptoms.clean([ALONE, CROWD, ...FEW, ...PLAIN])) return undefined;
      return likely(leaks(symptoms, ['CH-03M']));
    },
  },
  {
    id: 'leak-every-nth',
    match: (symptoms) => {
      if (!symptoms.clean(PLAIN)) return undefined;
      const some = leaks(symptoms, [ALONE]).filter((test) => leftBehind(test) < 0.5);
      return some.length > 0 ? likely(leaks(symptoms, [ALONE, CROWD, ...FEW, 'CH-03M'])) : undefined;
    },
  },
  {
    id: 'leak-above-32',
    match: (symptoms) => {
      if (!symptoms.clean([ALONE, ...FEW, ...PLAIN, 'CON-03', 'HC-04'])) return undefined;
      const crowd = symptoms.failed([CROWD]).filter((test) => astray(test) === 0);
      // A connection whose answer is lost stays open as well; far more than those is a leak of its own.
      const many = crowd.filter((test) => leftBehind(test) - unanswered(test) >= NOW_AND_THEN);
      return many.length > 0 ? { confidence: 'likely', tests: many, beside: true } : undefined;
    },
  },
  {
    id: 'leak-under-churn',
    match: (symptoms) => {
      if (!symptoms.clean([ALONE, ...PLAIN])) return undefined;
      return likely(leaks(symptoms, [CROWD, ...FEW]));
    },
  },
];
