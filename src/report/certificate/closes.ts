import type { ConnectionResult, Results, TestResult } from '../../results/results.ts';
import type { Vantage } from '../../history/facts.ts';
import { stateText, statesAt } from '../end-states.ts';
import { duration } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { isFailure, testWord } from '../words.ts';
import { keys, table, type TableRow } from './tables.ts';

const COLUMNS = [
  { head: 'Test' },
  { head: 'Title' },
  { head: 'How its connections ended', set: 'wide' as const },
  { head: 'Release time', set: 'number' as const },
  { head: 'Verdict', set: 'keep' as const },
];

/** More kinds of end than this are counted, not told. */
const MOST_KINDS = 6;

/** Where one end stood when the test ended. */
function lastOf(connection: ConnectionResult, vantage: Vantage): string {
  const last = statesAt(connection, vantage).at(-1);
  return last ? stateText(last) : 'not known';
}

/** Connections that ended alike, with where both ends stood when the test ended. */
function ends(connections: readonly ConnectionResult[]): Markup {
  const kinds = new Map<string, { one: ConnectionResult; number: number }>();
  for (const one of connections) {
    const key = [one.outcome, lastOf(one, 'ncs'), lastOf(one, 'device')].join();
    kinds.set(key, { one, number: (kinds.get(key)?.number ?? 0) + 1 });
  }
  const sorted = [...kinds.values()].sort((first, second) => second.number - first.number);
  const rest = sorted.slice(MOST_KINDS).reduce((sum, { number }) => sum + number, 0);
  const told = sorted.slice(0, MOST_KINDS).map(
    ({ one, number }) =>
      html`<div>
        ${number} ${one.outcome}
        <div class="small">${lastOf(one, 'ncs')} here; device: ${lastOf(one, 'device')}</div>
      </div> `,
  );
  return html`${told}${rest > 0 && html`<div>and ${rest} more</div>`}`;
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
      ends(connections),
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
    <p class="small">
      The states are those in which both ends stood when the test ended; what is marked as inferred was not
      seen and follows from our end by the rules of TCP. Release time: from our FIN to the device’s, where
      both were seen.
    </p>
    ${table(COLUMNS, rows)}
  </section>`;
}
