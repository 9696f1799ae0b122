import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { checkValue } from '../document/check.ts';
import { sortProblems, type Problem } from '../document/problem.ts';
import { readYaml, type YamlFile } from '../document/yaml-file.ts';
import { isBuiltin, shownPath } from './builtin.ts';
import { compiledSuites } from './compiled.ts';
import { whyTaken } from './taken-ids.ts';
import type { Suite, TestCase } from './model.ts';
import { eachPort, readTest } from './read-test.ts';
import { suiteHead } from './suite-schema.ts';

/** A suite that was read, or everything that is wrong with it. */
export interface SuiteReading {
  suite?: Suite;
  /** Where everything in it stands; absent where the file could not be read. */
  readonly file?: YamlFile | undefined;
  problems: Problem[];
}

/** Reads and checks one suite file. A suite with a problem is no suite; nothing is thrown. */
export function readSuite(path: string): SuiteReading {
  return (isBuiltin(path) ? asCompiled(path) : undefined) ?? readFresh(path);
}

function readFresh(path: string): SuiteReading {
  const { file, problems } = readYaml(path, shownPath(path));
  return file ? readSuiteFrom(file, isBuiltin(path)) : { problems };
}

/**
 * A built-in suite as the build of this program has read it, where its file is still the same: where everything
 * stands in it is looked for only when somebody asks.
 */
function asCompiled(path: string): SuiteReading | undefined {
  const suites = compiledSuites();
  if (suites.size === 0) return undefined;
  const suite = suites.get(createHash('sha256').update(readFileSync(path)).digest('hex'));
  if (suite?.path !== shownPath(path)) return undefined;
  return {
    suite,
    problems: [],
    get file() {
      return readFresh(path).file;
    },
  };
}

/**
 * Reads and checks a suite whose YAML is already in memory.
 * @param builtin whether it comes with the package; any other one must leave the IDs of built-in tests alone
 */
export function readSuiteFrom(file: YamlFile, builtin = false): SuiteReading {
  const head = checkValue(file, [], file.value, suiteHead);
  const { tests, problems } = readTests(file, builtin);
  const all = sortProblems([...head.problems, ...problems]);
  if (!head.value || all.length > 0) return { file, problems: all };
  const { suite: title, group, intro = '' } = head.value;
  const { path, sha256 } = file;
  const suite = { path, sha256, builtin, title, group: group.id, groupTitle: group.title, intro, tests };
  return { suite, file, problems: [] };
}

function readTests(file: YamlFile, builtin: boolean): { tests: TestCase[]; problems: Problem[] } {
  const root = (file.value ?? {}) as { tests?: unknown; each?: unknown };
  const each = suiteHead.shape.each.safeParse(root.each).data;
  const written = Array.isArray(root.tests) ? root.tests : [];
  const tests: TestCase[] = [];
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  for (const [index, one] of written.entries()) {
    const read = readTest(file, ['tests', index], one, each ? eachPort(each) : 'declared');
    problems.push(...read.problems);
    const id = (one as { id?: unknown } | null)?.id;
    const taken = builtin || typeof id !== 'string' ? undefined : whyTaken(id);
    if (taken !== undefined) problems.push(file.problem(['tests', index, 'id'], taken));
    const before = typeof id === 'string' ? seen.get(id) : undefined;
    if (typeof id === 'string' && before === undefined) seen.set(id, file.positionOf(['tests', index]).line);
    if (before !== undefined) {
      problems.push(
        file.problem(
          ['tests', index, 'id'],
          `duplicate test ID "${String(id)}"; it is also on line ${before}`,
        ),
      );
    }
    if (read.test) tests.push(read.test);
  }
  return { tests, problems };
}
