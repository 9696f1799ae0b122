import { arch, cpus, platform, release } from 'node:os';
import { REQUIREMENTS } from '../requirements/catalogue.ts';
import type { RequirementResult, Results, TestResult, Totals } from '../results/results.ts';
import type { Verdict } from '../results/verdict.ts';
import type { Suite } from '../suite/model.ts';
import { DEFAULT_TIMES } from '../subject/target.ts';
import { formatUs, msToUs } from '../history/clock.ts';
import { toolVersion } from '../package.ts';
import { worse } from '../judge/lattice.ts';
import type { Campaign } from './campaign.ts';
import { exitCodeFor } from './exit-code.ts';
import { nameFaults } from './fault-results.ts';
import { wireRemarks } from './wire-remarks.ts';

/** What was asked of a campaign, for its results. */
export interface Asked {
  tier: string;
  groups: string[];
  tests: string[];
  suites: string[];
  strict: boolean;
  /** Must-requirements that the selection left without a test, as sentences. */
  leftOut: string[];
  suiteFiles: readonly Suite[];
  startedAt: Date;
  /** Why the campaign was ended early. */
  interrupted?: { reason: string; exitCode?: number; advice?: string };
}

/** Builds results.json from what a campaign recorded. */
export function buildResults(campaign: Campaign, asked: Asked): Results {
  const tests = campaign.records.map((record) => record.result);
  const finishedAt = new Date();
  const leftOut = [...asked.leftOut, ...barred(tests)];
  const complete = asked.interrupted === undefined && campaign.stopped === undefined && !tests.some(wasLost);
  const requirements = requirementResults(tests);
  const verdict = overallVerdict(tests, complete, asked.strict);
  const scope = leftOut.length === 0 ? 'full' : 'partial';
  const incompleteReason = whyIncomplete(asked, tests) ?? campaign.stopped ?? tests.find(wasLost)?.reason;
  const results: Results = {
    schemaVersion: 1,
    tool: { name: 'mos-conformance', version: toolVersion() },
    device: deviceResult(campaign),
    campaign: {
      id: `${asked.startedAt.toISOString()}-${campaign.seed}`,
      scope,
      complete,
      ...(!complete && incompleteReason !== undefined && { incompleteReason }),
      startedAt: asked.startedAt.toISOString(),
      finishedAt: finishedAt.toISOString(),
      durationMs: finishedAt.getTime() - asked.startedAt.getTime(),
      seed: campaign.seed,
      selection: {
        tier: asked.tier,
        groups: asked.groups,
        tests: asked.tests,
        suites: asked.suites,
        strict: asked.strict,
      },
      leftOut,
      permissions: [...campaign.target.permissions],
      parameters: parameters(campaign),
      suites: asked.suiteFiles.map(({ path, sha256 }) => ({ path, sha256 })),
      environment: environment(),
      observers: campaign.observing.results(),
      exitCode: 0,
    },
    verdict,
    summary: '',
    totals: totals(tests),
    requirements,
    ...nameFaults(campaign.records, campaign.habits),
    remarks: [...remarks(tests), ...wireRemarks(campaign.records)],
    tests,
  };
  results.summary = summarise(results);
  results.campaign.exitCode = exitCodeFor(results, asked.strict, asked.interrupted?.exitCode);
  return results;
}

/** Why a campaign was ended early, and what it would take to complete it. */
function whyIncomplete({ interrupted }: Asked, tests: readonly TestResult[]): string | undefined {
  if (interrupted?.advice === undefined) return interrupted?.reason;
  const missing = tests.filter(wasLost).length;
  const cut = missing === 1 ? '1 test was not run' : `${missing} tests were not run`;
  return [interrupted.reason, ...(missing > 0 ? [cut] : []), interrupted.advice].join('; ');
}

function wasLost(test: TestResult): boolean {
  return test.applicability === 'not run';
}

/** Must-tests that were selected and yet not played, because of a permission or a waiver. */
function barred(tests: readonly TestResult[]): string[] {
  return tests
    .filter((test) => ['not permitted', 'waived'].includes(test.applicability) && test.level === 'must')
    .map((test) => `${test.key} (${test.title}): ${test.reason}`);
}

/** Fail if a must failed; else error or inconc if a must-test ended so or the campaign is incomplete; else pass. */
function overallVerdict(tests: readonly TestResult[], complete: boolean, strict: boolean): Verdict {
  const fails = tests.some(
    (test) => test.verdict === 'fail' && (test.level === 'must' || (strict && test.level === 'should')),
  );
  if (fails) return 'fail';
  const undecided = tests
    .filter((test) => test.level === 'must' && (test.verdict === 'inconc' || test.verdict === 'error'))
    .reduce<Verdict>((so, test) => worse(so, test.verdict), 'pass');
  if (undecided === 'error') return 'error';
  return complete ? undecided : 'inconc';
}

function requirementResults(tests: readonly TestResult[]): RequirementResult[] {
  const covered = new Set(tests.flatMap((test) => test.covers));
  return [...REQUIREMENTS.values()]
    .filter((one) => covered.has(one.id))
    .map((one) => {
      const mine = tests.filter((test) => test.covers.includes(one.id));
      const assertions = mine.flatMap((test) =>
        test.assertions.filter(
          (assertion) => assertion.requirement === one.id && assertion.outcome !== 'not observable',
        ),
      );
      const verdict = assertions.reduce<Verdict>(
        // A deviation that weighs less than its requirement is a remark, not a broken requirement.
        (so, { outcome, level }) =>
          worse(so, outcome === 'fail' && level !== one.level ? 'pass' : (outcome as Verdict)),
        'none',
      );
      const silent = mine.find((test) => test.reason !== '');
      return {
        ...one,
        verdict,
        ...(verdict === 'none' && {
          reason: silent ? `${silent.applicability}: ${silent.reason}` : 'nothing was asserted',
        }),
        tests: mine.map((test) => test.key),
      };
    });
}

function totals(tests: readonly TestResult[]): Totals {
  const count = (test: (one: TestResult) => boolean): number => tests.filter(test).length;
  const failed = (one: TestResult): boolean => one.verdict === 'fail';
  return {
    tests: tests.length,
    pass: count((one) => one.verdict === 'pass'),
    fail: count((one) => failed(one) && one.level === 'must'),
    inconc: count((one) => one.verdict === 'inconc'),
    error: count((one) => one.verdict === 'error'),
    remarks: count((one) => failed(one) && one.level !== 'must'),
    notApplicable: count((one) => one.applicability === 'not applicable'),
    notSelected: count((one) => one.applicability === 'not selected'),
    notPermitted: count((one) => one.applicability === 'not permitted'),
    notRun: count((one) => one.applicability === 'not run'),
    waived: count((one) => one.applicability === 'waived'),
  };
}

function remarks(tests: readonly TestResult[]): Results['remarks'] {
  const grouped = new Map<string, string[]>();
  for (const test of tests) {
    for (const assertion of test.assertions) {
      if (assertion.outcome !== 'fail' || assertion.level === 'must') continue;
      const text = `${assertion.requirement} (${assertion.level}): expected ${assertion.expected}, but ${assertion.actual}`;
      const known = grouped.get(text);
      if (known) known.push(test.key);
      else grouped.set(text, [test.key]);
    }
  }
  return [...grouped].map(([text, keys]) => ({ text, tests: keys }));
}

function deviceResult(campaign: Campaign): Results['device'] {
  const { target, habits, machine } = campaign;
  return {
    name: target.name,
    host: target.host,
    address: target.address,
    ports: target.ports,
    mosId: target.mosId,
    ncsId: target.ncsId,
    revision: target.revision,
    encoding: target.encoding,
    profiles: [...target.profiles],
    ...(target.file !== undefined && { file: target.file }),
    path: target.path,
    habits,
    ...(machine && { machine }),
    processes: campaign.observing.processes(),
  };
}

function parameters(campaign: Campaign): Results['campaign']['parameters'] {
  const { target } = campaign;
  const times = Object.keys(DEFAULT_TIMES).map((name) => ({
    name,
    value: target.times[name as keyof typeof DEFAULT_TIMES],
    unit: 'ms',
    default: !target.given.has(name),
  }));
  const connections = {
    name: 'connections',
    value: target.maxConnections,
    unit: 'count',
    default: !target.given.has('connections'),
  };
  return [...times, connections];
}

function environment(): Record<string, string> {
  return {
    node: process.version,
    system: `${platform()} ${release()} ${arch()}`,
    cores: String(cpus().length),
  };
}

function summarise(results: Results): string {
  const { totals: all, verdict, campaign, device } = results;
  const ran = all.pass + all.fail + all.inconc + all.error + all.remarks;
  const took = formatUs(msToUs(campaign.durationMs));
  const remarks = all.remarks > 0 ? `, ${all.remarks} with remarks` : '';
  if (verdict === 'pass') {
    const what =
      campaign.scope === 'full' ? 'passed' : 'passed the tests selected; this is not a certificate';
    return `${device.name} ${what}: ${ran} tests in ${took}${remarks}.`;
  }
  if (verdict === 'fail') {
    const incomplete = campaign.complete ? '' : ` The campaign is incomplete: ${campaign.incompleteReason}.`;
    return `${device.name} failed ${all.fail || all.remarks} of ${ran} tests${remarks}.${incomplete}`;
  }
  const why =
    campaign.incompleteReason ?? results.tests.find((test) => test.verdict === verdict)?.reason ?? '';
  return `No verdict on ${device.name}: ${why}`;
}
