import { table } from '../scripts/docs/markdown.ts';
import type { Row } from './row.ts';
import { CASES, nameOf, wholeOf } from './tiers/cases.ts';

/** One figure that was set as a target, and the row in which it is found. */
interface Target {
  work: string;
  /** What was measured before, on the same kind of machine. */
  before: string;
  /** The name of a row. */
  row: string;
  /** The figure of the row that is held against the target. */
  figure: 'value' | 'ratio';
  /** The unit of the figure; a ratio has none. */
  unit?: string;
  bound: 'at most' | 'at least' | 'less than';
  target: number;
}

const TARGETS: readonly Target[] = [
  ...CASES.flatMap((one): Target[] =>
    one.before === undefined
      ? []
      : [
          {
            ...{ work: nameOf(one), before: one.before, row: wholeOf(one) },
            ...{ figure: 'value', unit: 's', bound: 'at most', target: one.target },
          },
        ],
  ),
  {
    ...{ work: 'churn, 64 at once, observed; client in C = 1', before: '0.12 to 0.23' },
    ...{ row: 'churn, 64 at once, observed', figure: 'ratio', bound: 'at least', target: 0.8 },
  },
  {
    ...{ work: 'soak, growth of memory in 100,000 cycles', before: '-' },
    row: 'soak of 1,000,000 cycles, growth of memory, against its target',
    ...{ figure: 'value', unit: 'MB', bound: 'less than', target: 1 },
  },
  {
    ...{ work: '`--help`; `node -e 0` = 1', before: '9' },
    ...{ row: '--help, against node -e 0', figure: 'ratio', bound: 'at most', target: 2.5 },
  },
  {
    ...{ work: '`list`; `node -e 0` = 1', before: '25' },
    ...{ row: 'list, against node -e 0', figure: 'ratio', bound: 'at most', target: 6 },
  },
  {
    ...{ work: 'folder of a standard campaign, sound', before: '34 MB' },
    row: 'standard tier, sound: folder, against its target',
    ...{ figure: 'value', unit: 'MB', bound: 'at most', target: 8 },
  },
];

/** The targets and what these rows reached of them, as a table in Markdown. */
export function targetsTable(rows: readonly Row[]): string {
  const lines = TARGETS.map((one) => {
    const { work, before, bound, target, unit } = one;
    const figure = rows.find(({ name }) => name === one.row)?.[one.figure];
    const goal = `${bound} ${withUnit(target, unit)}`;
    if (figure === undefined) return [work, before, goal, 'not measured', ''];
    return [work, before, goal, withUnit(figure, unit), reaches(figure, one) ? 'yes' : 'no'];
  });
  return table(['Work', 'Before', 'Target', 'Measured', 'Reached'], lines);
}

function reaches(figure: number, { bound, target }: Target): boolean {
  if (bound === 'at least') return figure >= target;
  return bound === 'at most' ? figure <= target : figure < target;
}

function withUnit(figure: number, unit: string | undefined): string {
  return [String(Number(figure.toPrecision(3))), unit].filter((part) => part !== undefined).join(' ');
}
