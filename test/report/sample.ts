import { digestOf } from '../../src/report/digest.ts';
import type { EndedCampaign } from '../../src/report/reports.ts';
import type { Results, TestRecord, TestResult } from '../../src/results/results.ts';
import { requirementsOf, resultsOf, totalsOf } from './sample-results.ts';
import { crowdRecord, releaseRecord, sampleTest } from './sample-tests.ts';

/** A campaign's results with the records behind them. */
export interface Sample {
  results: Results;
  records: TestRecord[];
}

/** What reports are made from, with a drill-down that stands for one. */
export function endedOf({ results, records }: Sample): EndedCampaign {
  const drillDown = { page: (file: string) => [`the drill-down as ${file}`] };
  return { results, digests: records.map(digestOf), drillDown };
}

function goodRecords(): TestRecord[] {
  const ports = ['lower', 'upper'] as const;
  const good = { closes: true, deviceSeen: true };
  const bare = (key: string, changes: Partial<TestResult>): TestRecord => ({
    result: sampleTest(key, changes),
    facts: [],
    source: `- id: ${key}\n`,
  });
  return ports.flatMap((port) => [
    releaseRecord(`CON-01@${port}`, good, {
      title: 'The application serves a new connection',
      group: 'CON',
      suite: 'Connecting',
      covers: ['SOCK-CON-01', 'SOCK-CON-02', 'MOS-HB-01'],
    }),
    releaseRecord(`REL-01@${port}`, good, {
      title: 'An idle connection closed by the NCS is closed by the device',
      covers: ['SOCK-REL-01', 'SOCK-REL-09', 'SOCK-REL-10'],
    }),
    releaseRecord(`REL-02@${port}`, good, { covers: ['SOCK-REL-02', 'SOCK-REL-07', 'SOCK-REL-08'] }),
    bare(`DC-01@${port}`, {
      title: 'A connection that the device closes first is released',
      group: 'DC',
      suite: 'Device closes first',
      covers: ['SOCK-DC-01'],
      applicability: 'not applicable',
      verdict: 'none',
      reason: 'the device never closes first',
    }),
    releaseRecord(`AB-01@${port}`, good, {
      title: 'A reset of an idle connection is survived',
      group: 'AB',
      suite: 'Abort',
      covers: ['SOCK-AB-01'],
    }),
    bare(`HC-02@${port}`, {
      title: 'The reply to a half-closed request arrives',
      group: 'HC',
      suite: 'Half-close',
      level: 'should',
      covers: ['SOCK-HC-02'],
      verdict: 'fail',
      reason: 'the device closed without a reply',
      assertions: [
        {
          requirement: 'SOCK-HC-02',
          level: 'should',
          about: 'answer',
          expected: 'the reply arrives after our half-close',
          actual: 'the device closed without a reply',
          outcome: 'fail',
          means: ['descriptor'],
          connections: ['ncs'],
        },
      ],
    }),
  ]);
}

const REMARK = {
  text: 'The device drops the reply to a request that is followed by a half-close (SOCK-HC-02, should).',
  tests: ['HC-02@lower', 'HC-02@upper'],
};

/** A full campaign that passed, with a remark. */
export function passing(): Sample {
  const records = goodRecords();
  const summary = 'Example Playout Server 7 fulfils every must-requirement that was tested; one remark.';
  return { records, results: { ...resultsOf(records, summary, 'pass', 0), remarks: [REMARK] } };
}

/** A full campaign that failed: a leak that was observed, one that was inferred, and a crowd. */
export function failing(): Sample {
  const records = goodRecords().filter(({ result }) => !result.key.startsWith('REL-02'));
  records.push(
    releaseRecord('REL-02@lower', { closes: false, deviceSeen: true }, { covers: ['SOCK-REL-02'] }),
    releaseRecord('REL-02@upper', { closes: false, deviceSeen: false }, { covers: ['SOCK-REL-02'] }),
    crowdRecord('REL-09@lower', 20),
    {
      result: sampleTest('REL-10@lower', {
        title: 'The device goes on serving',
        covers: ['SOCK-REL-10'],
        verdict: 'fail',
        reason: 'the device refused the next connection',
        assertions: [
          {
            requirement: 'SOCK-REL-10',
            level: 'must',
            about: 'serving',
            expected: 'the next connection is served',
            actual: 'it was refused (ECONNREFUSED)',
            outcome: 'fail',
            means: ['descriptor'],
            connections: ['probe'],
            meaning: 'The newsroom cannot reach the device any more.',
          },
        ],
      }),
      facts: [],
      source: '',
    },
    {
      result: sampleTest('CH-01@lower', {
        title: 'Sequential churn',
        group: 'CH',
        suite: 'Churn',
        covers: [],
        applicability: 'not run',
        verdict: 'none',
        reason: 'the device was lost in REL-10@lower',
      }),
      facts: [],
      source: '',
    },
    {
      result: sampleTest('ST-01@lower', {
        title: 'A dripping message',
        group: 'ST',
        suite: 'Stalls',
        covers: [],
        verdict: 'inconc',
        reason: 'our event loop was 240 ms late',
      }),
      facts: [],
      source: '',
    },
  );
  const summary =
    'Example Playout Server 7 does not close its end of connections that the newsroom closes (close-wait-leak).';
  const results = resultsOf(records, summary, 'fail', 1);
  results.remarks = [REMARK];
  results.faults = [
    {
      id: 'close-wait-leak',
      confidence: 'certain',
      title: 'Connections stay in CLOSE_WAIT',
      explanation:
        'The device gets our FIN and never closes its own socket. TCP leaves its end in CLOSE_WAIT for as long as the application runs, and ours in FIN_WAIT_2.',
      remedy:
        'Close the accepted socket when a read returns 0 bytes (the close event).\n\nC#:\n    int read = socket.Receive(buffer);\n    if (read == 0) { socket.Close(); return; }',
      tests: ['REL-02@lower', 'REL-02@upper', 'REL-09@lower'],
    },
  ];
  results.unexplained = ['REL-10@lower'];
  return { records, results };
}

/** A campaign that was interrupted. */
export function incomplete(): Sample {
  const { records, results } = passing();
  const tests = results.tests.map((test, index) =>
    index < 7
      ? test
      : {
          ...test,
          applicability: 'not run' as const,
          verdict: 'none' as const,
          reason: 'the campaign was interrupted',
          assertions: [],
          connections: [],
        },
  );
  const campaign = {
    ...results.campaign,
    complete: false,
    incompleteReason: 'interrupted by SIGINT after 7 of 12 tests',
    exitCode: 130,
  };
  const summary = 'No verdict on Example Playout Server 7: interrupted by SIGINT after 7 of 12 tests';
  return {
    records: records.slice(0, 7),
    results: {
      ...results,
      tests,
      campaign,
      summary,
      verdict: 'inconc',
      totals: totalsOf(tests),
      requirements: requirementsOf(tests),
    },
  };
}

/** A campaign that passed what was selected. */
export function partial(): Sample {
  const { records, results } = passing();
  const tests = results.tests.map((test) =>
    test.group === 'AB'
      ? {
          ...test,
          applicability: 'not permitted' as const,
          verdict: 'none' as const,
          reason: 'needs the permission disruptive',
          assertions: [],
          connections: [],
        }
      : test,
  );
  const campaign = {
    ...results.campaign,
    scope: 'partial' as const,
    permissions: [],
    leftOut: [
      'SOCK-AB-01 was not tested: it needs the permission disruptive.',
      'SOCK-CH-01 was not tested: it needs the permission load.',
    ],
  };
  const summary = 'Example Playout Server 7 passes the tests that were selected.';
  return {
    records,
    results: {
      ...results,
      tests,
      campaign,
      summary,
      totals: totalsOf(tests),
      requirements: requirementsOf(tests),
    },
  };
}
