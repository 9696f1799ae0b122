import type { Fact } from '../../history/facts.ts';
import type { CloseOutcome } from '../../results/outcome.ts';
import type { TestRecord } from '../../results/results.ts';
import { list } from '../format.ts';
import { factsByConnection, timelineOf, type Timeline } from './timeline.ts';

/** The connections that a ladder draws, and a sentence about those it does not. */
export interface Choice {
  shown: Timeline[];
  others?: string;
}

const WORRYING: readonly CloseOutcome[] = [
  'never closed',
  'refused',
  'late',
  'reset by device',
  'unknown',
  'open',
];

/** Ranks connections by how much a reader wants to see them, the smallest first. */
function ranking({ result }: TestRecord): (name: string) => number {
  const failed = new Set(
    result.assertions.filter(({ outcome }) => outcome === 'fail').flatMap(({ connections }) => connections),
  );
  const outcomes = new Map(result.connections.map(({ name, outcome }) => [name, outcome]));
  return (name) => {
    const outcome = outcomes.get(name);
    const worry = outcome === undefined ? -1 : WORRYING.indexOf(outcome);
    return (failed.has(name) ? 0 : 100) + (worry < 0 ? 50 : worry);
  };
}

function outcomesOf(names: readonly string[], record: TestRecord): string {
  const wanted = new Set(names);
  const counts = new Map<string, number>();
  for (const connection of record.result.connections) {
    if (wanted.has(connection.name))
      counts.set(connection.outcome, (counts.get(connection.outcome) ?? 0) + 1);
  }
  return list([...counts].map(([outcome, number]) => `${number} ${outcome}`));
}

/**
 * The connections to draw: those that failed first, then those that ended badly, then in the order of the test.
 * Facts about the whole test stand with the first one.
 */
export function chooseConnections(record: TestRecord, most: number): Choice {
  const facts = factsByConnection(record);
  const names = new Set(record.result.connections.map((connection) => connection.name));
  for (const name of facts.keys()) if (name !== '') names.add(name);
  const rank = ranking(record);
  const ordered = [...names]
    .map((name) => ({ name, rank: rank(name) }))
    .sort((one, other) => one.rank - other.rank)
    .map((entry) => entry.name);
  const general: Fact[] = facts.get('') ?? [];
  if (ordered.length === 0 && general.length > 0) ordered.push('');
  const shown = ordered.slice(0, most).map((name, index) => {
    const own = name === '' ? general : [...(facts.get(name) ?? []), ...(index === 0 ? general : [])];
    return timelineOf(
      name,
      own.sort((one, other) => one.us - other.us),
      record,
    );
  });
  const rest = ordered.slice(most);
  if (rest.length === 0) return { shown };
  const how = outcomesOf(rest, record);
  return {
    shown,
    others: `… and ${rest.length} more ${rest.length === 1 ? 'connection' : 'connections'}${how === '' ? '' : `: ${how}`}`,
  };
}
