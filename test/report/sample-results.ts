import type {
  RequirementResult,
  Results,
  TestRecord,
  TestResult,
  Totals,
} from '../../src/results/results.ts';
import type { Verdict } from '../../src/results/verdict.ts';

/** The counts of results.json for these tests. */
export function totalsOf(tests: readonly TestResult[]): Totals {
  const ran = tests.filter((test) => test.applicability === 'selected');
  const of = (verdict: Verdict): number =>
    ran.filter((test) => test.verdict === verdict && test.level === 'must').length;
  const reason = (word: TestResult['applicability']): number =>
    tests.filter((test) => test.applicability === word).length;
  return {
    tests: tests.length,
    pass: ran.filter((test) => test.verdict === 'pass').length,
    fail: of('fail'),
    inconc: of('inconc'),
    error: of('error'),
    remarks: ran.filter((test) => test.verdict === 'fail' && test.level !== 'must').length,
    notApplicable: reason('not applicable'),
    notSelected: reason('not selected'),
    notPermitted: reason('not permitted'),
    notRun: reason('not run'),
    waived: reason('waived'),
  };
}

const REQUIREMENTS: [string, 'must' | 'should', string, string][] = [
  [
    'SOCK-CON-01',
    'must',
    'accepts on every port it declares, and on lower and upper its application serves the connection',
    'MOS 2.8.5 §2.1',
  ],
  ['SOCK-CON-02', 'must', 'serves at least two connections per port at once', 'MOS 2.8.5 §2.1'],
  [
    'SOCK-REL-01',
    'must',
    'closes its end within the release time when the NCS closes an idle connection',
    'AP',
  ],
  [
    'SOCK-REL-02',
    'must',
    'closes its end within the release time when the NCS closes after a completed exchange',
    'AP',
  ],
  ['SOCK-REL-07', 'should', 'releases with FIN, not RST', 'RFC 9293 §3.6'],
  ['SOCK-REL-08', 'should', 'releases within 1 s', 'AP'],
  [
    'SOCK-REL-09',
    'must',
    'leaves no socket behind after 50 cycles: no CLOSE_WAIT or LAST_ACK there, no FIN_WAIT_2 here',
    'AP',
  ],
  ['SOCK-REL-10', 'must', 'keeps listening and serves the next connection after each of these', 'AP'],
  [
    'SOCK-HC-02',
    'should',
    'delivers the reply to a request that was followed by a half-close, then closes',
    'RFC 9293 §3.6',
  ],
  ['SOCK-DC-01', 'must', 'when it closes first, completes the release once the NCS closes', 'RFC 9293 §3.6'],
  ['SOCK-AB-01', 'must', 'survives a reset of an idle connection', 'MOS 2.8.5 §2.1'],
  [
    'MOS-HB-01',
    'must',
    'answers a heartbeat with a heartbeat on the connection that asked',
    'MOS 2.8.5 §3.1.1',
  ],
];

/** What these tests found about each requirement. */
export function requirementsOf(tests: readonly TestResult[]): RequirementResult[] {
  const order: readonly Verdict[] = ['none', 'pass', 'inconc', 'fail', 'error'];
  return REQUIREMENTS.map(([id, level, text, source]) => {
    const covering = tests.filter((test) => test.covers.includes(id));
    const ran = covering.filter((test) => test.applicability === 'selected');
    const verdict = ran.reduce<Verdict>(
      (worst, test) => (order.indexOf(test.verdict) > order.indexOf(worst) ? test.verdict : worst),
      'none',
    );
    const reason = covering[0]?.reason ?? 'no test of this campaign covers it';
    return {
      id,
      level,
      text,
      source,
      verdict,
      ...(verdict === 'none' ? { reason } : {}),
      tests: covering.map(({ key }) => key),
    };
  });
}

/** A full, complete campaign of these tests. */
export function resultsOf(
  records: readonly TestRecord[],
  summary: string,
  verdict: Verdict,
  exitCode: number,
): Results {
  const tests = records.map((record) => record.result);
  return {
    schemaVersion: 1,
    tool: { name: 'mos-conformance', version: '0.1.0' },
    device: {
      name: 'Example Playout Server 7',
      host: 'playout.station.example',
      address: '127.0.0.1',
      ports: { lower: 10540, upper: 10541, query: 10542 },
      mosId: 'server.station.example',
      ncsId: 'ncs.station.example',
      revision: '2.8.5',
      encoding: 'ucs-2be',
      profiles: [0, 1],
      file: 'devices/playout.yaml',
      path: 'direct',
      habits: {
        lower: {
          answers: 'reply',
          replyMs: 4.3,
          closesAfterReply: false,
          closesOlder: false,
          encoding: 'UCS-2BE',
        },
        upper: {
          answers: 'reply',
          replyMs: 4.1,
          closesAfterReply: false,
          closesOlder: false,
          encoding: 'UCS-2BE',
        },
        query: { answers: 'silence', closesAfterReply: false, closesOlder: false },
      },
      machine: { manufacturer: 'Example Broadcast', model: 'Playout Server', hwRev: '7', swRev: '7.2.14' },
      processes: { lower: 'playoutd (pid 2211)', upper: 'playoutd (pid 2211)' },
    },
    campaign: {
      id: 'playout-20260131-140502',
      scope: 'full',
      complete: true,
      startedAt: '2026-01-31T14:05:02.114Z',
      finishedAt: '2026-01-31T14:05:48.902Z',
      durationMs: 46788,
      seed: 20260131,
      selection: { tier: 'standard', groups: [], tests: [], suites: ['suites'], strict: false },
      leftOut: [],
      permissions: ['load', 'disruptive'],
      parameters: [
        { name: 'connectTime', value: 5, unit: 's', default: true },
        { name: 'replyTime', value: 10, unit: 's', default: true },
        { name: 'releaseTime', value: 5, unit: 's', default: true },
        { name: 'lateTime', value: 35, unit: 's', default: true },
        { name: 'recoveryTime', value: 20, unit: 's', default: false },
        { name: 'connections', value: 64, unit: 'connections', default: true },
      ],
      suites: [
        {
          path: 'suites/sockets/connect.yaml',
          sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        },
        {
          path: 'suites/sockets/release.yaml',
          sha256: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
        },
      ],
      environment: { system: 'Linux 6.18 x64', node: 'v20.20.2', host: 'test-bench-2', processors: '2' },
      observers: [
        { means: 'descriptor', vantage: 'ncs', samples: 1422, largestGapMs: 0 },
        { means: 'sock_diag', vantage: 'ncs', samples: 45811, largestGapMs: 3.2 },
        { means: 'sock_diag', vantage: 'device', samples: 31204, largestGapMs: 3.2 },
        {
          means: 'fd',
          vantage: 'device',
          samples: 0,
          largestGapMs: 0,
          note: 'the device’s process belongs to another user',
        },
      ],
      exitCode,
    },
    verdict,
    summary,
    totals: totalsOf(tests),
    requirements: requirementsOf(tests),
    faults: [],
    unexplained: [],
    remarks: [],
    tests,
  };
}
