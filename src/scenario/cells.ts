import type { Cell } from '../results/results.ts';

/** The names of the rows of each table. */
export type Rows = Record<string, readonly string[]>;

/**
 * All cells of a grid in the order in which they are played: first those by which every row of a table meets every row
 * of another, which say the most.
 */
export function cellsOf(rows: Rows): Cell[] {
  const all = allCells(Object.entries(rows));
  const first = pairwise(all);
  const chosen = new Set(first);
  return [...first, ...all.filter((cell) => !chosen.has(cell))];
}

/** Few cells of a grid in which any two rows of different tables meet. */
export function pairsOf(rows: Rows): Cell[] {
  return pairwise(allCells(Object.entries(rows)));
}

function allCells([table, ...others]: readonly (readonly [string, readonly string[]])[]): Cell[] {
  if (table === undefined) return [{}];
  const [name, rows] = table;
  const rest = allCells(others);
  return rows.flatMap((row) => rest.map((cell) => ({ [name]: row, ...cell })));
}

/** A cell that may be chosen, with what it is chosen by. */
interface Candidate {
  cell: Cell;
  rows: readonly string[];
  pairs: readonly string[];
}

/** Always the cell next that brings the most new pairs, and of these the one whose rows have been played least. */
function pairwise(all: readonly Cell[]): Cell[] {
  let left = all.map(candidate);
  const missing = new Set(left.flatMap(({ pairs }) => pairs));
  const played = new Map<string, number>();
  const chosen: Cell[] = [];
  while (missing.size > 0) {
    const worths = left.map(worth);
    const next = left[worths.indexOf(Math.max(...worths))];
    if (!next) break;
    chosen.push(next.cell);
    for (const pair of next.pairs) missing.delete(pair);
    for (const row of next.rows) played.set(row, (played.get(row) ?? 0) + 1);
    left = left.filter((one) => newsIn(one) > 0);
  }
  return chosen;

  function newsIn({ pairs }: Candidate): number {
    return pairs.reduce((sum, pair) => sum + (missing.has(pair) ? 1 : 0), 0);
  }

  function worth(one: Candidate): number {
    const wear = one.rows.reduce((sum, row) => sum + (played.get(row) ?? 0), 0);
    return newsIn(one) * all.length - wear;
  }
}

function candidate(cell: Cell): Candidate {
  const rows = Object.entries(cell).map((entry) => JSON.stringify(entry));
  const others = rows.flatMap((one, index) => rows.slice(index + 1).map((other) => `${one} ${other}`));
  return { cell, rows, pairs: rows.length === 1 ? rows : others };
}
