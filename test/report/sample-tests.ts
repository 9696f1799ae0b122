import type { Fact } from '../../src/history/facts.ts';
import type { AssertionResult, TestRecord, TestResult } from '../../src/results/results.ts';
import { crowdFacts, releaseConnection, releaseFacts, type Conduct } from './sample-facts.ts';

const SOURCE = `- id: REL-02
  title: A connection closed after an exchange is closed by the device
  tier: quick
  steps:
    - connect: ncs
    - exchange: { on: ncs, message: heartbeat }
    - close: ncs
    - expect: { on: ncs, released: both, within: $releaseTime, covers: SOCK-REL-02 }
`;

/** A test that passed without connections, with the given changes. */
export function sampleTest(key: string, changes: Partial<TestResult> = {}): TestResult {
  const [id = key, port] = key.split('@');
  return {
    key,
    id,
    title: 'A connection closed after an exchange is closed by the device',
    group: 'REL',
    suite: 'Orderly release',
    origin: 'built in',
    ...(port === 'lower' || port === 'upper' || port === 'query' ? { port } : {}),
    tier: 'quick',
    level: 'must',
    covers: ['SOCK-REL-02', 'SOCK-REL-10'],
    applicability: 'selected',
    verdict: 'pass',
    reason: 'both ends were released 2.5 ms after our FIN',
    faults: [],
    startedUs: 4_000_000,
    durationMs: 14.2,
    assertions: [],
    connections: [],
    evidence: [],
    seed: 20_260_131,
    ...changes,
  };
}

const PASSED: AssertionResult = {
  requirement: 'SOCK-REL-02',
  level: 'must',
  about: 'release',
  expected: 'both ends of the connection are released within 5 s after our FIN',
  actual: 'our end was in TIME_WAIT and the device had no socket after 2.5 ms',
  outcome: 'pass',
  means: ['descriptor', 'sock_diag'],
  connections: ['ncs'],
};

const LEAKED: AssertionResult = {
  ...PASSED,
  actual: 'the device was still in CLOSE_WAIT and our end in FIN_WAIT_2 5.00 s after our FIN',
  symptom: {
    code: 'never-closed',
    figures: { afterUs: 5_000_000 },
    states: { ncs: 'FIN_WAIT_2', device: 'CLOSE_WAIT' },
    remark: 'the device had been asked once',
  },
  outcome: 'fail',
  meaning:
    'Every connection that the newsroom closes stays behind in the device; after enough of them MOS stops working until the device is restarted.',
};

const UNSEEN: AssertionResult = {
  ...PASSED,
  requirement: 'SOCK-REL-09',
  expected: 'the device has no socket in CLOSE_WAIT',
  actual: 'no observer sees the device’s end',
  outcome: 'not observable',
  means: [],
};

/** One exchange and our close, as a record. */
export function releaseRecord(key: string, conduct: Conduct, changes: Partial<TestResult> = {}): TestRecord {
  const startedUs = changes.startedUs ?? 4_000_000;
  const facts = releaseFacts(startedUs, 'ncs', conduct);
  const result = sampleTest(key, {
    connections: [releaseConnection('ncs', facts, startedUs, conduct.closes)],
    assertions: [conduct.closes ? PASSED : LEAKED, ...(conduct.deviceSeen ? [] : [UNSEEN])],
    ...(conduct.closes
      ? {}
      : {
          verdict: 'fail' as const,
          reason: LEAKED.actual,
          durationMs: 5016,
          faults: [
            {
              id: 'close-wait-leak',
              confidence: conduct.deviceSeen ? ('certain' as const) : ('likely' as const),
            },
          ],
          confirmation: { repeated: 3, reproduced: 3 },
        }),
    startedUs,
    ...changes,
  });
  return { result, facts, source: SOURCE };
}

/** Many connections at once, every fourth of which leaks, seen from our end alone. */
export function crowdRecord(key: string, connections: number): TestRecord {
  const startedUs = 9_000_000;
  const facts: Fact[] = crowdFacts(startedUs, connections);
  const names = Array.from({ length: connections }, (_, index) => `crowd${index + 1}`);
  const result = sampleTest(key, {
    title: `A crowd of ${connections} connections is released`,
    verdict: 'fail',
    reason: 'a quarter of the connections was never closed',
    durationMs: 5100,
    startedUs,
    covers: ['SOCK-REL-09'],
    assertions: [
      { ...LEAKED, requirement: 'SOCK-REL-09', connections: names.filter((_, index) => index % 4 === 3) },
    ],
    faults: [{ id: 'close-wait-leak', confidence: 'likely' }],
    connections: names.map((name, index) => releaseConnection(name, facts, startedUs, index % 4 !== 3)),
  });
  return { result, facts, source: SOURCE };
}
