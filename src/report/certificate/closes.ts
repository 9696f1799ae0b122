import type { ConnectionResult, Results, TestResult } from '../../results/results.ts';
import { duration } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { isFailure, testWord } from '../words.ts';
import { keys, table, type TableRow } from './tables.ts';

const COLUMNS = [
  { head: 'Test' },
  { head: 'Title' },
  { head: 'How its connections ended' },
  { head: 'Release time', set: 'number' as const },
  { head: 'Verdict', set: 'keep' as const },
];

function outcomes(connections: readonly ConnectionResult[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of connections) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, number]) => `${number} ${outcome}`).join(', ');
}

function releaseTime(connections: readonly ConnectionResult[]): string {
  const times = connections.flatMap(({ releaseMs }) => (releaseMs === undefined ? [] : [releaseMs]));
  const longest = times.reduce((most, time) => Math.max(most, time), 0);
  if (times.length === 0) return '–';
  return times.length === 1 ? duration(longest) : `up to ${duration(longest)}`;
}

/** A test on its ports, as far as it ended alike on them. */
function alike(tests: readonly TestResult[], strict: boolean): TestResult[][] {
  const groups = new Map<string, TestResult[]>();
  for (const test of tests) {
    const key = `${test.id} ${testWord(test, strict)} ${outcomeKinds(test)}`;
    groups.set(key, [...(groups.get(key) ?? []), test]);
  }
  return [...groups.values()];
}

function outcomeKinds({ connections }: TestResult): string {
  return [...new Set(connections.map(({ outcome }) => outcome))].sort().join();
}

/** How the connections of each test ended, and how long the device took to close its end. */
export function closesSection(results: Results): Markup | false {
  const { strict } = results.campaign.selection;
  const row = (tests: readonly TestResult[]): TableRow[] => {
    const [test] = tests;
    const connections = tests.flatMap((one) => one.connections);
    if (!test) return [];
    const cells = [
      keys(tests.map(({ key }) => key)),
      test.title,
      outcomes(connections),
      releaseTime(connections),
      testWord(test, strict),
    ];
    return [{ cells, bad: isFailure(test, strict) }];
  };
  const ended = results.tests.filter(({ connections }) => connections.length > 0);
  const rows = alike(ended, strict).flatMap(row);
  if (rows.length === 0) return false;
  return html`<section>
    <h2>How connections ended</h2>
    <p class="small">Release time: from our FIN to the device’s, where both were seen.</p>
    ${table(COLUMNS, rows)}
  </section>`;
}
