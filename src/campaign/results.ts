import { REQUIREMENTS } from '../requirements/catalogue.ts';
import type { TestDigest } from '../report/digest.ts';
import type { CampaignEnd, CampaignPlan, Learnt } from '../results/history-lines.ts';
import type { RequirementResult, Results, TestResult, Totals } from '../results/results.ts';
import type { Verdict } from '../results/verdict.ts';
import { formatUs, msToUs } from '../history/clock.ts';
import { worse } from '../judge/lattice.ts';
import { exitCodeFor } from './exit-code.ts';
import { nameFaults } from './fault-results.ts';
import { LEFT } from './sanity-tests.ts';
import { wireRemarks } from './wire-remarks.ts';

/** A campaign that is over: everything that its results are built from. */
export interface CampaignAccount {
  plan: CampaignPlan;
  learnt: Learnt;
  end: CampaignEnd;
  digests: readonly TestDigest[];
}

/** Builds results.json from what a campaign left behind, in memory or in its history. */
export function buildResults({ plan, learnt, end, digests }: CampaignAccount): Results {
  const { strict } = plan.campaign.selection;
  const ordered = inOrderOf(plan, digests);
  const tests = ordered.map(({ result }) => result);
  const leftOut = [...plan.campaign.leftOut, ...barred(tests)];
  const complete = end.interrupted === undefined && learnt.stopped === undefined && !tests.some(wasLost);
  const verdict = overallVerdict(tests, complete, strict);
  const incompleteReason = whyIncomplete(end, tests) ?? learnt.stopped ?? tests.find(wasLost)?.reason;
  const results: Results = {
    schemaVersion: 1,
    tool: plan.tool,
    device: deviceResult(plan, learnt),
    campaign: {
      id: plan.campaign.id,
      scope: leftOut.length === 0 ? 'full' : 'partial',
      complete,
      ...(!complete && incompleteReason !== undefined && { incompleteReason }),
      startedAt: plan.campaign.startedAt,
      finishedAt: end.finishedAt,
      durationMs: Date.parse(end.finishedAt) - Date.parse(plan.campaign.startedAt),
      seed: plan.campaign.seed,
      selection: plan.campaign.selection,
      leftOut,
      permissions: plan.campaign.permissions,
      parameters: plan.campaign.parameters.map((one) =>
        one.name === 'churnTime' || one.name === 'gridTime'
          ? { ...one, value: learnt[one.name] ?? one.value }
          : one,
      ),
      suites: plan.campaign.suites,
      environment: plan.campaign.environment,
      observers: learnt.observers,
      exitCode: 0,
    },
    verdict,
    summary: '',
    totals: totals(tests),
    requirements: requirementResults(tests),
    ...nameFaults(tests, learnt.habits),
    remarks: [...remarks(tests), ...wireRemarks(ordered)],
    tests,
  };
  results.summary = summarise(results);
  results.campaign.exitCode = exitCodeFor(results, strict, end.interrupted?.exitCode);
  return results;
}

/** Why a campaign was ended early, and what it would take to complete it. */
function whyIncomplete({ interrupted }: CampaignEnd, tests: readonly TestResult[]): string | undefined {
  if (interrupted?.advice === undefined) return interrupted?.reason;
  const missing = tests.filter(wasLost).length;
  const cut = missing === 1 ? '1 test was not run' : `${missing} tests were not run`;
  return [interrupted.reason, ...(missing > 0 ? [cut] : []), interrupted.advice].join('; ');
}

/** The order of the plan, whatever the order of the ends; what is not in the plan stands before its closing tests. */
function inOrderOf({ planned }: CampaignPlan, digests: readonly TestDigest[]): TestDigest[] {
  const places = new Map(planned.map(({ result }, index) => [result.key, index]));
  const unplanned = (places.get(LEFT.id) ?? planned.length) - 0.5;
  const place = ({ result }: TestDigest): number => places.get(result.key) ?? unplanned;
  return [...digests].sort((one, other) => place(one) - place(other));
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

function deviceResult(plan: CampaignPlan, { habits, machine, processes }: Learnt): Results['device'] {
  return { ...plan.device, habits, ...(machine && { machine }), ...(processes && { processes }) };
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
