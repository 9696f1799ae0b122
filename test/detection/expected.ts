import type { FaultName } from '../../src/faults/catalogue.ts';
import type { Suite } from '../../src/suite/model.ts';
import { HABIT_ROWS } from './rows/habits.ts';
import { ROWS } from './rows/index.ts';
import type { StageName } from './stage.ts';

/** The tests of a row, remarks included, that are among those of the suites; sorted. */
function among(suites: readonly Suite[], row: readonly string[]): string[] {
  const ids = new Set(suites.flatMap((suite) => suite.tests.map(({ id }) => id)));
  return row.filter((id) => ids.has(id.replace('?', ''))).sort();
}

/** What a device with the fault fails of these tests, sorted. */
export function expectedOf(name: FaultName, suites: readonly Suite[]): string[] {
  return among(suites, ROWS[name].fails);
}

/** The habits that earn remarks from these tests, with the remarks. */
export function remarkedHabits(suites: readonly Suite[]): [habit: string, remarks: string[]][] {
  return Object.entries(HABIT_ROWS)
    .map(([habit, row]): [string, string[]] => [habit, among(suites, row)])
    .filter(([, remarks]) => remarks.length > 0);
}

/** The fault with the parameter that shows it there: `late-close=2500`. */
export function faultOn(stage: StageName, name: FaultName): string {
  const { parameter, underChurn } = ROWS[name];
  const value = stage === 'churn' ? (underChurn ?? parameter) : parameter;
  return value === undefined ? name : `${name}=${value}`;
}
