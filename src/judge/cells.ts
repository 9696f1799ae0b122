import { rootOf } from '../history/symptoms.ts';
import type { AssertionResult, Cell } from '../results/results.ts';
import { sentenceOf } from './sentences/sentence.ts';

/**
 * Makes one assertion of those that came out alike in the cells of a grid, of which each has its own. A failure says in
 * which cells, by the smallest set of rows that explains them.
 */
export function foldCells(assertions: readonly AssertionResult[]): AssertionResult[] {
  const groups = new Map<string, AssertionResult[]>();
  for (const one of assertions) {
    const known = groups.get(keyOf(one));
    if (known) known.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return [...groups.values()].map((group) => foldGroup(group, assertions));
}

function keyOf(one: AssertionResult): string {
  const told = one.outcome === 'pass' ? '' : one.symptom ? codeOf(one) : one.actual;
  return JSON.stringify([one.requirement, one.level, one.about, one.outcome, told]);
}

function codeOf({ symptom }: AssertionResult): string {
  return symptom ? `${symptom.code} ${rootOf(symptom).code}` : '';
}

function foldGroup(group: readonly AssertionResult[], all: readonly AssertionResult[]): AssertionResult {
  const [first] = group as [AssertionResult];
  const cells = cellsOf(group);
  if (first.outcome === 'pass') {
    const { cells: _, ...rest } = first;
    return { ...rest, actual: `so in ${counted(cells)}`, connections: [] };
  }
  if (!first.symptom) return { ...first, cells, actual: `${first.actual} (${counted(cells)})` };
  const alike = all.filter(
    (one) => one.about === first.about && one.outcome === 'fail' && codeOf(one) === codeOf(first),
  );
  const tried = all.filter((one) => one.about === first.about);
  const told = { ...first.symptom, remark: whereOf(cellsOf(alike), cellsOf(tried)) };
  return { ...first, cells, symptom: told, actual: sentenceOf(told) };
}

/**
 * Says in which cells of a grid something was the case, by the rows that these cells have in common: cells whose rows
 * of the other tables are the same ones are told together, and a table of which every row is among them is told as
 * "any".
 * @param failed the cells in which it was so
 * @param tried every cell in which it could have been, these included
 */
export function whereOf(failed: readonly Cell[], tried: readonly Cell[]): string {
  const tables = Object.keys(tried[0] ?? {});
  const known = new Set(failed.map((cell) => JSON.stringify(cell)));
  const hasFailed = (cell: Cell): boolean => known.has(JSON.stringify(cell));
  const wide = boxesOf(failed, tables).map((box) => widened(box, tried, hasFailed));
  const different = merged(wide, tables).map((box) =>
    tables.map((table) => partOf(table, box[table] ?? [], rowsOf(table, tried))).join(', '),
  );
  const left = different.length - MOST_TOLD;
  const where = [...different.slice(0, MOST_TOLD), ...(left > 0 ? [`${left} more`] : [])].join('; ');
  return `${where} (${failed.length} of ${counted(tried)})`;
}

/** How many sets of cells are told one by one. */
const MOST_TOLD = 6;

/** A set of cells that is every combination of some rows of each table. */
type Box = Record<string, readonly string[]>;

/** The cells as boxes: rows of the first table that go with the same boxes of the others are one. */
function boxesOf(cells: readonly Cell[], [table, ...others]: readonly string[]): Box[] {
  if (table === undefined) return [{}];
  const alike = new Map<string, { rows: string[]; boxes: Box[] }>();
  for (const row of rowsOf(table, cells)) {
    const boxes = boxesOf(
      cells.filter((cell) => cell[table] === row),
      others,
    );
    const key = JSON.stringify(boxes);
    const known = alike.get(key);
    if (known) known.rows.push(row);
    else alike.set(key, { rows: [row], boxes });
  }
  return [...alike.values()].flatMap(({ rows, boxes }) => boxes.map((box) => ({ [table]: rows, ...box })));
}

/** What was not tried speaks against nothing: a table is told as a whole where every cell that was tried agrees. */
function widened(box: Box, tried: readonly Cell[], hasFailed: (cell: Cell) => boolean): Box {
  const isIn = (cell: Cell, rows: Box): boolean =>
    Object.entries(rows).every(([table, among]) => among.includes(cell[table] ?? ''));
  let wide = box;
  for (const table of Object.keys(box)) {
    const wider = { ...wide, [table]: rowsOf(table, tried) };
    const within = tried.filter((cell) => isIn(cell, wider));
    if (within.every(hasFailed) && rowsOf(table, within).length > 1) wide = wider;
  }
  return wide;
}

/** Boxes that differ in one table only are one, until there are none left. */
function merged(boxes: readonly Box[], tables: readonly string[]): Box[] {
  return tables.reduce<Box[]>(
    (so, table) => {
      const alike = new Map<string, Box>();
      for (const box of so) {
        const key = JSON.stringify(tables.map((one) => (one === table ? '' : (box[one] ?? []))));
        const known = alike.get(key);
        const rows = [...new Set([...(known?.[table] ?? []), ...(box[table] ?? [])])];
        alike.set(key, { ...box, [table]: rows });
      }
      return [...alike.values()];
    },
    [...boxes],
  );
}

function rowsOf(table: string, cells: readonly Cell[]): string[] {
  return [...new Set(cells.map((cell) => cell[table] ?? ''))];
}

function partOf(table: string, rows: readonly string[], all: readonly string[]): string {
  if (rows.length === all.length && all.length > 1) return `any ${table}`;
  const others = all.filter((row) => !rows.includes(row));
  if (rows.length > 2 && others.length <= 2)
    return `any ${table} but ${others.map((row) => `"${row}"`).join(' and ')}`;
  return `${table} ${rows.map((row) => `"${row}"`).join(' or ')}`;
}

/** The cells in which these were made, each once. */
function cellsOf(assertions: readonly AssertionResult[]): Cell[] {
  const cells = assertions.flatMap((one) => one.cells ?? []);
  return [...new Map(cells.map((cell) => [JSON.stringify(cell), cell])).values()];
}

function counted({ length }: readonly Cell[]): string {
  return length === 1 ? '1 cell' : `${length} cells`;
}
