import type { FaultResult, Results, TestResult } from '../results/results.ts';
import { count, duration, sentence } from './format.ts';
import { leftOutSentences } from './left-out.ts';
import { standingOf, tally } from './standing.ts';
import { painter, type Paint, type Tone } from './terminal.ts';
import { clip, visibleLine } from './visible.ts';
import { accusation, failures, withoutVerdict } from './words.ts';

/** How the summary is written. */
export interface SummaryOptions {
  color: boolean;
  /** Where the certificate was written. */
  certificate?: string;
  /** One sentence each: what could not be written. */
  problems?: readonly string[];
}

/** A terminal shows no more than this of a list; the certificate has the rest. */
const MOST = 20;

const TONES: Readonly<Record<Results['verdict'], Tone>> = {
  pass: 'good',
  fail: 'bad',
  inconc: 'doubt',
  error: 'bad',
  none: 'doubt',
};

/** Text from elsewhere on one line of a terminal, which it cannot take hold of. */
function plain(text: string, most = 300): string {
  return clip(visibleLine(text), most);
}

/** What was found, whatever the figures; a test that asserted nothing is known by its reason alone. */
function findingOf({ id, verdict, reason, assertions, faults, connections }: TestResult): string {
  const amiss = assertions.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'not observable');
  const found =
    amiss.length === 0
      ? reason
      : amiss.map(({ requirement, outcome, symptom }) => [requirement, outcome, symptom?.code]);
  const ends = [...new Set(connections.map(({ outcome }) => outcome))].sort();
  return JSON.stringify([id, verdict, found, faults.map((fault) => fault.id), ends]);
}

/** Tests that found the same on several ports are one line. */
function alike(tests: readonly TestResult[]): TestResult[][] {
  const groups = new Map<string, TestResult[]>();
  for (const test of tests) {
    const key = findingOf(test);
    groups.set(key, [...(groups.get(key) ?? []), test]);
  }
  return [...groups.values()];
}

function testLines(tests: readonly TestResult[], word: (test: TestResult) => string): string[] {
  const groups = alike(tests);
  const lines = groups.slice(0, MOST).flatMap(([test, ...others]) => {
    if (!test) return [];
    const ports = others.map(({ key }) => plain(key.slice(key.indexOf('@') + 1), 20));
    const also = ports.length === 0 ? '' : ` (also ${ports.join(', ')})`;
    return [`  ${word(test)} ${plain(test.key, 60)}${also}: ${plain(test.reason)}`];
  });
  const more = groups.slice(MOST).flat().length;
  return more > 0 ? [...lines, `  and ${more} more`] : lines;
}

function faultLines(faults: readonly FaultResult[], paint: Paint): string[] {
  return faults.slice(0, MOST).flatMap((fault) => {
    const remedy = fault.remedy.trim().split('\n')[0] ?? '';
    return [
      `  ${paint('strong', plain(accusation(fault.title)))} (${plain(fault.id, 60)}, ${fault.confidence}; ${count(fault.tests.length, 'test')})`,
      ...(remedy === '' ? [] : [`    Remedy: ${plain(remedy)}`]),
    ];
  });
}

/** What failed for a reason that is not known by name. */
function unexplainedLines({ unexplained }: Results): string[] {
  if (unexplained.length === 0) return [];
  const shown = unexplained.slice(0, MOST).map((key) => plain(key, 60));
  const more = unexplained.length > MOST ? ` and ${unexplained.length - MOST} more` : '';
  return [
    `  ${count(unexplained.length, 'failure')} that no known fault explains: ${shown.join(', ')}${more}`,
  ];
}

function leftOutLines({ campaign }: Results): string[] {
  if (campaign.scope === 'full') return [];
  const sentences = leftOutSentences(campaign.leftOut, 12);
  const lines = sentences.slice(0, 5).map((text) => `  ${plain(text)}`);
  const more = sentences.length > 5 ? [`  and ${sentences.length - 5} more, listed in the report`] : [];
  return ['Left out:', ...lines, ...more];
}

/** The campaign for a terminal: verdict, figures, faults with the first line of their remedy, failures, the page. */
export function summaryText(results: Results, options: SummaryOptions): string {
  const paint = painter(options.color);
  const standing = standingOf(results);
  const failed = failures(results);
  const { campaign } = results;
  const doubtful = withoutVerdict(results).filter(({ reason }) => reason !== campaign.incompleteReason);
  const block = (head: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', head, ...lines];
  const lines = [
    `${paint(TONES[results.verdict], standing.stamp)}  ${plain(sentence(results.summary), 600)}`,
    ...(standing.certifies || results.verdict === 'fail' ? [] : [standing.title]),
    `${tally(results)} ${paint('soft', `(${duration(campaign.durationMs)})`)}`,
    ...leftOutLines(results),
    ...block('Faults', [...faultLines(results.faults, paint), ...unexplainedLines(results)]),
    ...block(
      'Failures',
      testLines(failed, () => paint('bad', 'fail')),
    ),
    ...block(
      'Without a verdict',
      testLines(doubtful, (test) => paint('doubt', test.verdict)),
    ),
    ...block(
      'Problems',
      (options.problems ?? []).map((problem) => `  ${plain(problem)}`),
    ),
    ...(options.certificate === undefined ? [] : ['', `Report: ${plain(options.certificate, 1000)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
