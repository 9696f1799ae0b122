import { z } from 'zod';
import { words } from '../../document/schemas.ts';
import { didYouMean } from '../../document/similar.ts';
import { complain, type Complaint } from '../complaint.ts';
import { durationValue, mayCover, type CountValue } from '../values-schema.ts';
import { tableName } from './play.ts';
import { verb } from './verb.ts';

/** The tables of a grid: their rows by name, each a list of steps that may be empty. */
export type Tables = Record<string, Record<string, unknown>>;

interface Written {
  each: Tables;
  steps: Inner[];
}

/** What a step inside a grid looks like from here. */
interface Inner {
  verb: string;
  of?: string;
  rows?: Record<string, unknown>;
}

/**
 * `grid`: plays steps once for every combination of the rows of its tables.
 * @param steps the schema of a list of steps
 * @param row the schema of a list of steps that may be empty
 */
export const grid = <Steps extends z.ZodType, Row extends z.ZodType>(steps: Steps, row: Row) =>
  verb({
    does: 'plays steps once for every combination of the rows of its tables (a cell)',
    example: 'grid: { each: { pause: { none: [], short: [ { wait: 1ms } ] } }, steps: [ { play: pause } ] }',
    arguments: z
      .strictObject({
        each: z
          .record(tableName, z.record(words, row))
          .describe('Tables by name; the rows of each by name, with the steps of the row'),
        pairs: z
          .boolean()
          .default(false)
          .describe('At the quick tier only so many cells that any two rows of different tables meet'),
        within: durationValue.default('$gridTime').describe('Time after which no cell is begun'),
        steps,
        covers: mayCover,
      })
      .check(complain((written) => misfits(written as unknown as Written)))
      .transform((written) => {
        const { each, steps: inner } = written as unknown as Written;
        for (const one of inner) if (one.verb === 'play') one.rows = each[one.of ?? ''] ?? {};
        return written;
      }),
    inside: (step) => [{ at: ['steps'], steps: (step as unknown as Written).steps }],
    rounds: (step): CountValue => cellsIn((step as unknown as Written).each),
  });

/** How many cells a grid has in full. */
export function cellsIn(each: Tables): number {
  return Object.values(each).reduce((product, rows) => product * Object.keys(rows).length, 1);
}

function misfits({ each, steps }: Written): Complaint[] {
  const tables = Object.keys(each);
  if (tables.length === 0) return [{ path: ['each'], text: 'a grid without a table has no cell' }];
  const played = steps.flatMap(({ verb: name, of }, index) =>
    name === 'play' ? [{ of: of ?? '', index }] : [],
  );
  const empty = tables.filter((name) => Object.keys(each[name] ?? {}).length === 0);
  const idle = tables.filter((name) => !played.some(({ of }) => of === name));
  return [
    ...empty.map((name) => ({ path: ['each', name], text: `the table "${name}" has no rows` })),
    ...played
      .filter(({ of }) => !tables.includes(of))
      .map(({ of, index }) => ({
        path: ['steps', index, 'play'],
        text: `the grid has no table "${of}"${didYouMean(of, tables)}`,
      })),
    ...idle.map((name) => ({
      path: ['each', name],
      text: `no step of the grid plays its rows; did you mean to put "play: ${name}" there?`,
    })),
  ];
}
