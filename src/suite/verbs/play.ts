import { z } from 'zod';
import { verb } from './verb.ts';

/** The name of a table of a grid. */
export const tableName = z.string().regex(/^[a-z][a-z0-9-]*$/, {
  error: ({ input }) =>
    input === undefined
      ? undefined
      : 'expected the name of a table such as event: small letters, digits and "-"',
});

/** `play`: inside a grid, the steps of the row of a table that belongs to the cell. */
export const play = verb({
  does: 'inside a grid: plays the row of this table that belongs to the cell',
  example: 'grid: { each: { pause: { none: [], short: [ { wait: 1ms } ] } }, steps: [ { play: pause } ] }',
  arguments: tableName.transform((of) => ({
    of,
    rows: {} as Record<string, unknown>,
    covers: [] as string[],
  })),
  inside: ({ of, rows }) =>
    Object.entries(rows).map(([row, steps]) => ({ at: ['each', of, row], up: 3, steps })),
  beside: true,
  choice: true,
});
