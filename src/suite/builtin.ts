import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { didYouMean } from '../document/similar.ts';
import { inPackage } from '../package.ts';
import { GROUPS } from './groups.ts';

/** Suites in folders deeper than this are not looked for. */
const DEEPEST = 5;

/** The package's folder of suites. */
export const SUITES_FOLDER: string = inPackage('suites');

/** The suites that come with the package, in the order in which a campaign runs their groups. */
export function builtinSuites(): string[] {
  const order = Object.keys(GROUPS);
  const rank = (file: string): number => {
    const group = /^group:\s*["']?(\w+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
    return order.includes(group) ? order.indexOf(group) : order.length;
  };
  return suitesIn(SUITES_FOLDER, 0)
    .map((file) => ({ file, rank: rank(file) }))
    .toSorted((a, b) => a.rank - b.rank || (a.file < b.file ? -1 : 1))
    .map(({ file }) => file);
}

/**
 * The suite files that a person means: paths of files, folders (every suite below them), or names of suites
 * that come with the package (`release`, `sockets/release`). Problems are sentences.
 */
export function findSuites(wanted: readonly string[]): { files: string[]; problems: string[] } {
  const files: string[] = [];
  const problems: string[] = [];
  for (const one of wanted) {
    const found = foundAt(one) ?? builtinNamed(one);
    files.push(...found);
    if (found.length === 0) problems.push(`no suite "${one}"${suggestion(one)}`);
  }
  return { files: distinctFiles(files), problems };
}

/** The paths without those that mean the same file as an earlier one. */
export function distinctFiles(files: readonly string[]): string[] {
  const absolute = files.map((file) => path.resolve(file));
  return files.filter((_file, index) => absolute.indexOf(absolute[index] ?? '') === index);
}

/** Whether a suite comes with the package. */
export function isBuiltin(file: string): boolean {
  return insideOf(file) !== undefined;
}

/** How a path is shown: a suite of the package by its place in it, anything else as given. */
export function shownPath(file: string): string {
  const inside = insideOf(file);
  return (inside === undefined ? file : path.join('suites', inside)).replaceAll('\\', '/');
}

/** The place of a file in the package's folder of suites; undefined for one that is elsewhere. */
function insideOf(file: string): string | undefined {
  const inside = path.relative(SUITES_FOLDER, path.resolve(file));
  return inside === '' || inside.startsWith('..') || path.isAbsolute(inside) ? undefined : inside;
}

function foundAt(given: string): string[] | undefined {
  try {
    return statSync(given).isDirectory() ? suitesIn(given, 0) : [given];
  } catch {
    return undefined;
  }
}

function builtinNamed(name: string): string[] {
  return builtinSuites().filter((file) => namesOf(file).includes(name));
}

function namesOf(file: string): string[] {
  const inside = shownPath(file).replace(/^suites\//, '');
  const bare = inside.replace(/\.ya?ml$/, '');
  return [bare, path.posix.basename(bare), inside, `suites/${inside}`];
}

function suggestion(name: string): string {
  return didYouMean(
    name,
    builtinSuites().flatMap((file) => namesOf(file).slice(0, 2)),
  );
}

function suitesIn(folder: string, depth: number): string[] {
  if (depth > DEEPEST) return [];
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = path.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : suitesIn(inside, depth + 1);
      return /\.ya?ml$/.test(entry.name) ? [inside] : [];
    });
}
