import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import type { Order } from './order.ts';

/** Everything that holds sources of ours. */
const ROOTS = ['src', 'scripts', 'bench', 'test'];

/** What stands in `src` under this name: a folder or a file. */
function pattern(name: string): string {
  return name.includes('.') ? `^src/${name.replace('.', '\\.')}$` : `^src/${name}/`;
}

function directions(order: Order): IForbiddenRuleType[] {
  return Object.entries(order).map(([name, allowed]) => ({
    name: `src/${name} may import ${allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')}`,
    severity: 'error',
    from: { path: pattern(name) },
    to: { path: '^src/', pathNot: [name, ...allowed].map(pattern) },
  }));
}

function ways(never: Order): IForbiddenRuleType[] {
  return Object.entries(never).map(([name, forbidden]) => ({
    name: `src/${name} must not reach ${forbidden.join(', ')}`,
    severity: 'error',
    from: { path: pattern(name) },
    to: { path: forbidden.map(pattern), reachable: true },
  }));
}

const ALWAYS: IForbiddenRuleType[] = [
  { name: 'imports go in a circle', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'src imports nothing from outside it',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: `^(${ROOTS.filter((root) => root !== 'src').join('|')})/` },
  },
];

/** The folder or file of `src` that a source belongs to. */
function placeOf(source: string): string | undefined {
  const [root, place] = source.split('/');
  return root === 'src' ? place : undefined;
}

/** The same circle is found once for each of its imports. */
function violations({ summary }: ICruiseResult): string[] {
  const circles = new Set<string>();
  return summary.violations.flatMap(({ from, to, cycle, rule }) => {
    const steps = cycle?.map(({ name }) => name);
    if (steps === undefined) return [`${from} imports ${to}: ${rule.name}`];
    const circle = [...steps].sort().join(' ');
    if (circles.has(circle)) return [];
    circles.add(circle);
    return [`${from} -> ${steps.join(' -> ')}: ${rule.name}`];
  });
}

/** Permissions that nothing uses, and places that the order does not know or knows wrongly. */
function idle({ modules }: ICruiseResult, order: Order, places: readonly string[]): string[] {
  const used = new Set(
    modules.flatMap(({ source, dependencies }) =>
      dependencies.map(({ resolved }) => `${placeOf(source)} ${placeOf(resolved)}`),
    ),
  );
  return [
    ...places.filter((place) => !(place in order)).map((place) => `src/${place} has no place in the order`),
    ...Object.entries(order).flatMap(([name, allowed]) =>
      allowed
        .filter((other) => !used.has(`${name} ${other}`))
        .map((other) => `src/${name} may import src/${other} and does not: take the permission back`),
    ),
    ...Object.keys(order)
      .filter((name) => !places.includes(name))
      .map((name) => `src/${name} has a place in the order and does not exist`),
  ];
}

/**
 * Holds the imports of a source tree to an order, types and dynamic imports included.
 * @param root the folder that `src` stands in
 * @param never what a folder must not reach by any way
 * @returns one sentence for each violation
 */
export async function checkImports(root: string, order: Order, never: Order = {}): Promise<string[]> {
  const here = readdirSync(root);
  const { output } = await cruise(
    ROOTS.filter((name) => here.includes(name)),
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...directions(order), ...ways(never), ...ALWAYS] },
      tsPreCompilationDeps: true,
      exclude: { path: 'node_modules' },
    },
    { extensions: ['.ts'] },
  );
  if (typeof output === 'string') throw new Error(output);
  return [...violations(output), ...idle(output, order, readdirSync(join(root, 'src')))];
}
