import { table } from '../scripts/docs/markdown.ts';
import type { Row } from './row.ts';

/** The rows as a table in Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const heads = ['What', 'Measured', 'Against', 'Unit', 'Ratio', 'Spread'];
  const cells = rows.map(({ name, value, unit, against, ratio, spread: [low, high] }) => [
    name,
    shown(value),
    shown(against),
    unit,
    shown(ratio),
    low === high ? 'once' : `${shown(low)} to ${shown(high)}`,
  ]);
  return table(heads, cells);
}

/** Three digits of a small number, and no digit behind the point of a large one. */
function shown(value: number): string {
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)));
}
