import type { Fact, StateFact, Vantage } from '../../history/facts.ts';
import type { ConnectionResult, TestRecord } from '../../results/results.ts';
import { duration } from '../format.ts';
import { trafficItems } from './marks.ts';
import { rowsOf, stateItems, type Item, type Row } from './rows.ts';

/** One connection of a ladder. */
export interface Timeline {
  name: string;
  connection: ConnectionResult | undefined;
  rows: Row[];
}

/** The facts of each connection of a test on the test's clock, in order of time; those of the whole test under ''. */
export function factsByConnection(record: TestRecord): Map<string, Fact[]> {
  const grouped = new Map<string, Fact[]>();
  for (const fact of record.facts) {
    const name = fact.connection ?? '';
    const own = grouped.get(name);
    const shifted = shift(fact, record.result.startedUs);
    if (own) own.push(shifted);
    else grouped.set(name, [shifted]);
  }
  for (const facts of grouped.values()) facts.sort((one, other) => one.us - other.us);
  return grouped;
}

function shift(fact: Fact, startedUs: number): Fact {
  const us = fact.us - startedUs;
  return fact.kind === 'state' ? { ...fact, us, sinceUs: fact.sinceUs - startedUs } : { ...fact, us };
}

type AnyState = Parameters<typeof stateItems>[0][number];

function statesOf(facts: readonly Fact[], connection: ConnectionResult | undefined): readonly AnyState[] {
  const states = facts.filter((fact): fact is StateFact => fact.kind === 'state');
  if (states.length > 0) return states;
  return (connection?.states ?? []).map((state) => ({ ...state, sinceUs: state.us }));
}

/** Where our end reached TIME_WAIT, or left LAST_ACK, without our socket telling of a FIN: the FIN came all the same. */
function inferredFin(items: readonly Item[], ours: readonly AnyState[]): Item | undefined {
  const seen = items.some(
    (item) =>
      'mark' in item &&
      item.mark.kind === 'arrow' &&
      item.mark.toward === 'ncs' &&
      item.mark.carries === 'fin',
  );
  const arrival = ours.find(
    (state, index) => state.state === 'TIME_WAIT' && ours[index - 1]?.state === 'FIN_WAIT_2',
  );
  if (seen || !arrival) return undefined;
  const label = 'FIN (inferred: we are in TIME_WAIT)';
  return {
    us: arrival.us,
    mark: { kind: 'arrow', toward: 'ncs', carries: 'fin', label, evidence: 'inferred' },
  };
}

function closingItems(
  connection: ConnectionResult | undefined,
  items: readonly Item[],
  endUs: number,
): Item[] {
  const closing: Item[] = [];
  if (connection?.outcome === 'never closed') {
    const ours = items.findLast(
      (item) =>
        'mark' in item &&
        item.mark.kind === 'arrow' &&
        item.mark.toward === 'device' &&
        item.mark.carries === 'fin',
    );
    const watched = ours === undefined ? '' : `, ${duration((endUs - ours.us) / 1000)} after ours`;
    closing.push({ us: endUs, mark: { kind: 'missing', text: `no FIN from the device${watched}` } });
  }
  return [...closing, { us: endUs, mark: { kind: 'note', text: 'end of the test' } }];
}

/**
 * What happened on one connection as rows in order of time, ending with the end of the test.
 * @param facts on the test's clock, in order
 */
export function timelineOf(name: string, facts: readonly Fact[], record: TestRecord): Timeline {
  const connection = record.result.connections.find((candidate) => candidate.name === name);
  const states = statesOf(facts, connection);
  const at = (vantage: Vantage): AnyState[] => states.filter((state) => state.vantage === vantage);
  const traffic = trafficItems(facts, connection);
  const fin = inferredFin(traffic, at('ncs'));
  const all = [...traffic, ...(fin ? [fin] : []), ...stateItems(at('ncs')), ...stateItems(at('device'))];
  const items = all.sort((one, other) => one.us - other.us);
  const endUs = Math.max(record.result.durationMs * 1000, items.at(-1)?.us ?? 0);
  return { name, connection, rows: rowsOf([...items, ...closingItems(connection, items, endUs)]) };
}
