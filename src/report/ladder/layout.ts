import { VANTAGES, type Vantage } from '../../history/facts.ts';
import { count, duration } from '../format.ts';
import type { Row, StateMark } from './rows.ts';

/** A row with its place; `height` 0 where it is left out. All lengths are px. */
interface PlacedRow {
  row: Row;
  top: number;
  height: number;
}

/** A torn strip across the diagram: time that passed, or rows that were left out. */
export interface Strip {
  top: number;
  text: string;
}

/** A state from where it began to where the next one began. */
export interface Band {
  vantage: Vantage;
  state: StateMark;
  us: number;
  top: number;
  bottom: number;
  /** It stood until the end of the test. */
  last: boolean;
}

/** The places of everything in one connection's diagram. */
export interface Layout {
  rows: PlacedRow[];
  strips: Strip[];
  bands: Band[];
  height: number;
}

/** The height of a torn strip. */
export const STRIP_HEIGHT = 24;

/** Waits at least this long are torn out of the time axis. */
const GAP_US = 500_000;

/** A row must hold what its boxes say: an inferred state says from what in a line of its own. */
function heightOf(row: Row): number {
  const states = Object.values(row.states);
  if (states.some(({ evidence, how }) => evidence === 'inferred' && how !== '')) return 46;
  if (row.mark?.kind === 'arrow') return 36;
  return states.length > 0 ? 32 : 24;
}

/** The rows from `from` up to `to` are left out where there are more than `most`. */
function leftOut(rows: readonly Row[], most: number): { from: number; to: number } {
  if (rows.length <= most) return { from: rows.length, to: rows.length };
  const head = Math.max(1, Math.ceil((most - 1) * 0.55));
  const tail = Math.max(1, most - 1 - head);
  return { from: head, to: rows.length - tail };
}

/** Places rows one below the other, long waits torn, the middle left out where there are more than `most` rows. */
export function layOut(rows: readonly Row[], most: number): Layout {
  const hidden = leftOut(rows, most);
  const placed: PlacedRow[] = [];
  const strips: Strip[] = [];
  let top = 0;
  const tear = (text: string): void => {
    strips.push({ top, text });
    top += STRIP_HEIGHT;
  };
  rows.forEach((row, index) => {
    const before = rows[index - 1];
    if (index >= hidden.from && index < hidden.to) {
      if (index === hidden.from) tear(`… ${count(hidden.to - hidden.from, 'step')} not drawn …`);
      placed.push({ row, top, height: 0 });
      return;
    }
    if (before && index !== hidden.to && row.us - before.us >= GAP_US)
      tear(`${duration((row.us - before.us) / 1000)} pass`);
    placed.push({ row, top, height: heightOf(row) });
    top += heightOf(row);
  });
  return { rows: placed, strips, bands: bandsOf(placed, top), height: top };
}

function bandsOf(placed: readonly PlacedRow[], bottom: number): Band[] {
  return VANTAGES.flatMap((vantage) => {
    const starts = placed.filter(({ row }) => row.states[vantage]);
    return starts.flatMap(({ row, top }, index) => {
      const state = row.states[vantage];
      const next = starts[index + 1];
      const end = next?.top ?? bottom;
      if (!state || end <= top) return [];
      return [{ vantage, state, us: row.us, top, bottom: end, last: next === undefined }];
    });
  });
}
