import type { Problem } from '../document/problem.ts';
import type { Suite } from './model.ts';
import { withInner } from './verbs/index.ts';
import { cellsIn, type Tables } from './verbs/grid.ts';

/** So many cells of one grid are played unless told otherwise. */
export const MOST_CELLS = 2_000;

/** The grids that have more cells than a campaign is to play on each port, each where it stands. */
export function tooManyCells(suites: readonly Suite[], most: number): Problem[] {
  return suites.flatMap(({ path, tests }) =>
    tests
      .flatMap(({ steps }) => steps.flatMap(withInner))
      .flatMap((step) => {
        if (step.verb !== 'grid') return [];
        const cells = cellsIn(step.each as Tables);
        if (cells <= most) return [];
        const text = `the grid has ${cells} cells, more than ${most}; leave rows out, or add --max-cells ${cells}`;
        return [{ file: path, ...step.position, text, excerpt: '' }];
      }),
  );
}
