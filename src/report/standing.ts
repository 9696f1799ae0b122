import type { RequirementResult, Results } from '../results/results.ts';
import { count } from './format.ts';
import { failures, withoutVerdict } from './words.ts';

/** What the campaign's page is worth. */
export interface Standing {
  /** Only a full, complete campaign that passed is certified. */
  certifies: boolean;
  /** The heading of the page. */
  title: string;
  /** The verdict in one or two words. */
  stamp: string;
}

const STAMPS = {
  pass: 'PASS',
  fail: 'FAIL',
  inconc: 'INCONCLUSIVE',
  error: 'ERROR',
  none: 'NO VERDICT',
} as const;

function titleOf({ campaign, verdict }: Results): string {
  if (!campaign.complete)
    return verdict === 'fail' ? 'Failed; incomplete campaign' : 'Incomplete campaign; not a certificate';
  if (campaign.scope === 'partial') {
    if (verdict === 'pass') return 'Passed the tests selected; not a certificate';
    if (verdict === 'fail') return 'Failed; campaign over part of the tests';
    return 'No verdict; campaign over part of the tests';
  }
  if (verdict === 'pass') return 'Certificate of conformance';
  if (verdict === 'fail') return 'Failed; no certificate';
  return verdict === 'error' ? 'Test harness error; no certificate' : 'No verdict; no certificate';
}

function stampOf({ campaign, verdict }: Results): string {
  if (!campaign.complete && verdict !== 'fail') return 'INCOMPLETE';
  return campaign.scope === 'partial' && verdict === 'pass' ? 'PARTIAL PASS' : STAMPS[verdict];
}

/** What the page of a campaign may call itself. */
export function standingOf(results: Results): Standing {
  const { campaign, verdict } = results;
  return {
    certifies: verdict === 'pass' && campaign.complete && campaign.scope === 'full',
    title: titleOf(results),
    stamp: stampOf(results),
  };
}

/** How many tests of a requirement that passed did not run although the device owes what they test. */
export function testsMissing(requirement: RequirementResult, results: Results): number {
  if (requirement.verdict !== 'pass') return 0;
  const missing = new Set(['not run', 'not selected', 'not permitted']);
  const covering = new Set(requirement.tests);
  return results.tests.filter((test) => covering.has(test.key) && missing.has(test.applicability)).length;
}

/** What was tested and what came of it, as a sentence: `41 must-requirements were tested: 40 fulfilled, 1 not fulfilled.` */
export function balance(results: Results): string {
  const musts = results.requirements.filter((requirement) => requirement.level === 'must');
  const of = (...verdicts: string[]): number =>
    musts.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const tested = musts.length - of('none');
  const partly = musts.filter((requirement) => testsMissing(requirement, results) > 0).length;
  const parts = [
    [of('pass') - partly, 'fulfilled'],
    [partly, 'fulfilled as far as tested'],
    [of('fail'), 'not fulfilled'],
    [of('inconc', 'error'), 'without a verdict'],
  ] as const;
  const named = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  const rest = of('none') > 0 ? `; ${of('none')} of ${musts.length} not tested, with the reason below` : '';
  const came = named.length === 0 ? '' : `: ${named.join(', ')}`;
  return `${count(tested, 'must-requirement was', 'must-requirements were')} tested${came}${rest}.`;
}

/** How the tests ended, as a sentence. */
export function tally(results: Results): string {
  const { totals } = results;
  const parts = [
    [totals.pass, 'passed'],
    [failures(results).length, 'failed'],
    [withoutVerdict(results).length, 'without a verdict'],
    [totals.remarks, totals.remarks === 1 ? 'remark' : 'remarks'],
    [totals.notApplicable, 'not applicable'],
    [totals.notSelected, 'not selected'],
    [totals.notPermitted, 'not permitted'],
    [totals.notRun, 'not run'],
    [totals.waived, 'waived'],
  ] as const;
  const named = parts
    .filter(([number], index) => number > 0 || index < 2)
    .map(([number, word]) => `${number} ${word}`);
  return `${count(totals.tests, 'test')}: ${named.join(', ')}.`;
}
