import type { PortName } from '../../history/facts.ts';
import type { TestResult } from '../../results/results.ts';
import type { Match, Signature } from './signatures.ts';
import { endings, failures, type Symptoms } from './symptoms.ts';

/** Tests in which the device has nothing to do but to close after our FIN. */
const PLAIN = ['REL-01', 'REL-02', 'REL-03', 'HC-01', 'LANE-21', 'LANE-25'];

/** Tests whose FIN cuts a message in two. */
const CUT = ['REL-04', 'HC-03', 'LANE-22'];

/** Tests whose FIN comes together with, or right behind, a request. */
const TOGETHER = ['REL-05', 'REL-05H'];
const BEHIND = ['HC-05', 'REL-06', 'LANE-23', 'LANE-24'];

/** The test whose FIN comes after the request was read, and before a device that takes its time has answered it. */
const PENDING = 'HC-06';

/** Tests that close many connections. */
const MANY = ['REL-09', 'CON-03', 'HC-04'];

/** Tests that close connections by the hundred; which of them leak tells nothing of a single close. */
const CHURN = ['CH-01', 'CH-02', 'CH-03N', 'CH-03H', 'CH-03M'];

/** Every test of release. */
const ALL = [...PLAIN, ...CUT, ...TOGETHER, ...BEHIND, PENDING, ...MANY, ...CHURN, 'REL-08', 'RC-03'];

/** Runs on one port whose failures are about the release of a connection. */
function leaks(symptoms: Symptoms, ids: readonly string[], port?: PortName): TestResult[] {
  return symptoms.failed(ids, port).filter((test) => failures(test, 'release').length > 0);
}

function certain(tests: TestResult[]): Match | undefined {
  return tests.length > 0 ? { confidence: 'certain', tests } : undefined;
}

function likely(tests: TestResult[]): Match | undefined {
  return tests.length > 0 ? { confidence: 'likely', tests } : undefined;
}

/** Ports on which even the plainest close is not answered by one. */
function leakingPorts(symptoms: Symptoms): PortName[] {
  return symptoms.ports.filter((port) => leaks(symptoms, ['REL-01', 'REL-02', 'HC-01'], port).length >= 2);
}

function isLate(test: TestResult): boolean {
  return endings(test, ['late']) > endings(test, ['never closed']);
}

/** Signatures of faults of the release; they are asked in this order. */
export const RELEASE_SIGNATURES: readonly Signature[] = [
  {
    id: 'late-close',
    match: (symptoms) => {
      // Only the first failure on a port is watched for so long that a late close can be seen.
      const late = leaks(symptoms, [...PLAIN, ...MANY]).filter(isLate);
      // Late in a crowd only, it was accepted late.
      if (late.length === 0 || symptoms.passes(['REL-01', 'HC-01'])) return undefined;
      return certain(leaks(symptoms, ALL));
    },
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
    match: (symptoms) => (leakingPorts(symptoms).length > 0 ? certain(leaks(symptoms, ALL)) : undefined),
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
      return cut.length > 0 && symptoms.clean([...PLAIN, ...TOGETHER]) ? certain(cut) : undefined;
    },
  },
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
    match: (symptoms) =>
      certain(
        symptoms
          .failed(['REL-09'])
          .filter((test) => failures(test).some((one) => one.expected.includes('descriptors'))),
      ),
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
