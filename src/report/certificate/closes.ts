import type { ConnectionResult, Results, TestResult } from '../../results/results.ts';
import { duration } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { isFailure, testWord } from '../words.ts';
import { table } from './tables.ts';

const COLUMNS = [
  { head: 'Test', set: 'keep' as const },
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

/** How the connections of each test ended, and how long the device took to close its end. */
export function closesSection(results: Results): Markup | false {
  const { strict } = results.campaign.selection;
  const row = (test: TestResult) => ({
    cells: [
      test.key,
      test.title,
      outcomes(test.connections),
      releaseTime(test.connections),
      testWord(test, strict),
    ],
    bad: isFailure(test, strict),
  });
  const rows = results.tests.filter(({ connections }) => connections.length > 0).map(row);
  if (rows.length === 0) return false;
  return html`<section>
    <h2>How connections ended</h2>
    <p class="small">Release time: from our FIN to the device’s, where both were seen.</p>
    ${table(COLUMNS, rows)}
  </section>`;
}
