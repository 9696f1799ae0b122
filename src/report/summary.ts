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

/** Tests that say the same of several ports, figures aside, are one line. */
function alike(tests: readonly TestResult[]): TestResult[][] {
  const groups = new Map<string, TestResult[]>();
  for (const test of tests) {
    const key = [test.id, test.verdict, test.reason.replace(/\d+/g, '')].join(' ');
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
    const follows =
      fault.consequenceOf === undefined ? '' : `, follows from ${plain(fault.consequenceOf, 60)}`;
    return [
      `  ${paint('strong', plain(accusation(fault.title)))} (${plain(fault.id, 60)}, ${fault.confidence}${follows}; ${count(fault.tests.length, 'test')})`,
      ...(remedy === '' || fault.consequenceOf !== undefined ? [] : [`    Remedy: ${plain(remedy)}`]),
    ];
  });
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
  const incomplete = campaign.complete ? undefined : (campaign.incompleteReason ?? 'it ended early');
  const doubtful = withoutVerdict(results).filter(({ reason }) => reason !== incomplete);
  const block = (head: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', head, ...lines];
  const lines = [
    `${paint(TONES[results.verdict], standing.stamp)}  ${plain(sentence(results.summary), 600)}`,
    ...(standing.certifies || results.verdict === 'fail' ? [] : [standing.title]),
    ...(incomplete === undefined || results.summary.includes(incomplete)
      ? []
      : [paint('doubt', `Incomplete: ${plain(incomplete)}`)]),
    `${tally(results)} ${paint('soft', `(${duration(campaign.durationMs)})`)}`,
    ...leftOutLines(results),
    ...block('Faults', faultLines(results.faults, paint)),
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
