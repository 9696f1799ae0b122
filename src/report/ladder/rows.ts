import type { Evidence, SocketState, StateFact, Vantage } from '../../history/facts.ts';

/** What the middle of a row shows. */
export type Mark =
  | {
      kind: 'arrow';
      toward: 'device' | 'ncs';
      /** What travels: bytes end in an arrow head, a FIN in a bar, a reset in a cross. */
      carries: 'bytes' | 'syn' | 'fin' | 'rst';
      label: string;
      /** Our act that caused it. */
      act?: string;
      evidence: Evidence;
    }
  /** Something that happened at our end and crossed no wire. */
  | { kind: 'act'; text: string }
  /** Something that was waited for and did not come. */
  | { kind: 'missing'; text: string }
  | { kind: 'note'; text: string };

/** A state that one end was seen in, from the row where it stands. */
export interface StateMark {
  state: SocketState;
  evidence: Evidence;
  /** How it is known: `by sock_diag`, `from FIN_WAIT_2 here`; '' where nothing is said. */
  how: string;
  /** The time of the sample before, in microseconds since the test started. */
  sinceUs: number;
}

/** One line of the time axis. */
export interface Row {
  /** Microseconds since the test started. */
  us: number;
  mark?: Mark;
  states: Partial<Record<Vantage, StateMark>>;
}

/** One thing of a row, before the rows are made. */
export type Item = { us: number; mark: Mark } | { us: number; vantage: Vantage; state: StateMark };

/** A state that follows something within this time stands beside it. */
const BESIDE_US = 2000;

/** The rows of items that are in order: a state joins the row before it where it follows at once. */
export function rowsOf(items: readonly Item[]): Row[] {
  const rows: Row[] = [];
  for (const item of items) {
    const last = rows.at(-1);
    if ('mark' in item) rows.push({ us: item.us, mark: item.mark, states: {} });
    else if (last && item.us - last.us <= BESIDE_US && !last.states[item.vantage]) {
      last.states[item.vantage] = item.state;
    } else rows.push({ us: item.us, states: { [item.vantage]: item.state } });
  }
  return rows;
}

function howKnown(fact: Pick<StateFact, 'evidence' | 'means' | 'from'>): string {
  if (fact.evidence === 'observed') return fact.means === 'descriptor' ? 'at the socket' : `by ${fact.means}`;
  return fact.from === undefined ? '' : `from ${fact.from}`;
}

/**
 * The states of one end as items: the same state told by two means stands once, as observed where either
 * means observed it.
 * @param facts of one vantage, in order of time
 */
export function stateItems(
  facts: readonly Pick<StateFact, 'us' | 'vantage' | 'state' | 'evidence' | 'means' | 'from' | 'sinceUs'>[],
): Item[] {
  const items: { us: number; vantage: Vantage; state: StateMark }[] = [];
  for (const fact of facts) {
    const state = { state: fact.state, evidence: fact.evidence, how: howKnown(fact), sinceUs: fact.sinceUs };
    const last = items.at(-1);
    if (last?.state.state !== fact.state) items.push({ us: fact.us, vantage: fact.vantage, state });
    else if (last.state.evidence === 'inferred' && fact.evidence === 'observed')
      last.state = { ...state, sinceUs: last.us };
  }
  return items;
}
