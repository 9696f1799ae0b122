import type { PortName } from '../../history/facts.ts';
import type { TestResult } from '../../results/results.ts';
import { certain, likely } from './matches.ts';
import type { Signature } from './signatures.ts';
import { endings, failures, keptDescriptors, type Symptoms } from './symptoms.ts';

/** Tests in which the device has nothing to do but to close after our FIN. */
const PLAIN = ['REL-01', 'REL-02', 'REL-03', 'HC-01', 'LANE-21', 'LANE-25'];

/** Tests whose FIN cuts a message in two. */
const CUT = ['REL-04', 'HC-03', 'LANE-22'];

/** Tests whose FIN comes together with, or right behind, a request. */
const TOGETHER = ['REL-05', 'REL-05H'];
const BEHIND = ['HC-05', 'REL-06', 'LANE-23', 'LANE-24'];

/** The test whose FIN comes after the request was read, and before a device that takes its time has answered it. */
const PENDING = 'HC-06';

/** Tests that close after something that most connections never see, and the fault that each alone shows. */
const AFTERWARDS: Readonly<Record<string, string>> = {
  'REL-10': 'leak-after-many-messages',
  'REL-11': 'leak-after-silence',
  'REL-12': 'leak-after-unknown-message',
  'ROB-01': 'leak-after-malformed',
};

/** Tests that close many connections. */
const MANY = ['REL-09', 'CON-03', 'HC-04'];

/** Tests that close connections by the hundred; which of them leak tells nothing of a single close. */
const CHURN = ['CH-01', 'CH-02', 'CH-03N', 'CH-03H', 'CH-03M'];

/** Tests that count descriptors after resets. */
const RESETS = ['AB-06', 'CH-03A'];

/** Every test of release. */
const ALL = [
  ...PLAIN,
  ...CUT,
  ...TOGETHER,
  ...BEHIND,
  PENDING,
  ...MANY,
  ...CHURN,
  ...Object.keys(AFTERWARDS),
  'REL-08',
  'RC-03',
];

/** Runs on one port whose failures are about the release of a connection. */
function leaks(symptoms: Symptoms, ids: readonly string[], port?: PortName): TestResult[] {
  return symptoms.failed(ids, port).filter((test) => failures(test, 'release').length > 0);
}

/** Ports on which even the plainest close is not answered by one. */
function leakingPorts(symptoms: Symptoms): PortName[] {
  return symptoms.ports.filter((port) => leaks(symptoms, ['REL-01', 'REL-02', 'HC-01'], port).length >= 2);
}

function isLate(test: TestResult): boolean {
  return endings(test, ['late']) > endings(test, ['never closed']);
}

/** Whether connections were closed after all; late in a crowd only, they were accepted late. */
function closesLate(symptoms: Symptoms): boolean {
  // Only the first failure on a port is watched for so long that a late close can be seen.
  const late = leaks(symptoms, [...PLAIN, ...MANY]).filter(isLate);
  return late.length > 0 && !symptoms.passes(['REL-01', 'HC-01']);
}

/** Signatures of faults of the release; they are asked in this order. */
export const RELEASE_SIGNATURES: readonly Signature[] = [
  {
    id: 'late-close',
    match: (symptoms) => (closesLate(symptoms) ? certain(leaks(symptoms, ALL)) : undefined),
  },
  {
    id: 'leak-on-one-port',
    match: (symptoms) => {
      const leaking = leakingPorts(symptoms);
      const sound = symptoms.ports.filter((port) => symptoms.passes(['REL-01', 'REL-02'], port));
      if (leaking.length === 0 || sound.length === 0) return undefined;
      return certain(leaking.flatMap((port) => leaks(symptoms, ALL, port)));
    },
  },
  {
    id: 'close-wait-leak',
    match: (symptoms) => {
      if (leakingPorts(symptoms).length === 0 || closesLate(symptoms)) return undefined;
      // Code that never closes does not close after a reset either.
      return certain([...leaks(symptoms, ALL), ...keptDescriptors(symptoms, ['REL-09', ...RESETS])]);
    },
  },
  {
    id: 'hangs-on-half-close',
    match: (symptoms) => {
      const behind = leaks(symptoms, ['HC-05']);
      if (behind.length === 0 || symptoms.fails(['HC-01']) || !symptoms.fails(['HC-02'])) return undefined;
      return certain([...leaks(symptoms, [...TOGETHER, ...BEHIND, PENDING]), ...symptoms.failed(['HC-02'])]);
    },
  },
  {
    id: 'answers-half-close-then-leaks',
    match: (symptoms) => {
      const pending = leaks(symptoms, [PENDING]);
      if (pending.length === 0 || symptoms.fails(['HC-01', 'HC-02', 'REL-02'])) return undefined;
      return certain([...pending, ...leaks(symptoms, [...TOGETHER, ...BEHIND])]);
    },
  },
  {
    id: 'misses-fin-with-data',
    match: (symptoms) => {
      const together = leaks(symptoms, TOGETHER);
      if (together.length === 0 || symptoms.fails(['HC-01', 'HC-02', 'REL-02', PENDING])) return undefined;
      return likely([...together, ...leaks(symptoms, BEHIND)]);
    },
  },
  {
    id: 'leak-on-cut-message',
    match: (symptoms) => {
      const cut = leaks(symptoms, CUT);
      if (cut.length === 0 || symptoms.fails([...PLAIN, ...TOGETHER])) return undefined;
      return certain([...cut, ...leaks(symptoms, ['ROB-01'])]);
    },
  },
  ...Object.entries(AFTERWARDS).map(([test, id]): Signature => ({
    id,
    match: (symptoms) =>
      symptoms.clean([...PLAIN, ...CUT, ...MANY]) ? likely(leaks(symptoms, [test])) : undefined,
  })),
  {
    id: 'leak-every-nth',
    match: (symptoms) => {
      const some = leaks(symptoms, ALL).filter((test) => MANY.includes(test.id));
      const partial = some.filter(
        (test) => endings(test, ['never closed', 'late']) < test.connections.length / 2,
      );
      return partial.length > 0 ? likely(leaks(symptoms, ALL)) : undefined;
    },
  },
  {
    id: 'descriptor-leak-on-close',
    match: (symptoms) => {
      const kept = keptDescriptors(symptoms, ['REL-09']);
      return kept.length > 0 ? certain([...kept, ...keptDescriptors(symptoms, RESETS)]) : undefined;
    },
  },
  {
    id: 'reset-instead-of-fin',
    match: (symptoms) =>
      certain(
        symptoms
          .failed(['REL-07'])
          .filter((test) => failures(test).some((one) => one.actual.startsWith('reset'))),
      ),
  },
  {
    id: 'drops-reply-on-half-close',
    match: (symptoms) => (symptoms.clean(['HC-05']) ? likely(symptoms.failed(['HC-02'])) : undefined),
  },
];
