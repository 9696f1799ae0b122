import { sortProblems, type Problem } from '../document/problem.ts';
import type { ValuePath, YamlFile } from '../document/yaml-file.ts';
import { distinctFiles } from './builtin.ts';
import type { Suite } from './model.ts';
import { readSuite, type SuiteReading } from './read-suite.ts';

/** Reads suites that are to run together: beside what is wrong with each, what they contradict each other in. */
export function readSuites(paths: readonly string[]): { suites: Suite[]; problems: Problem[] } {
  const readings = distinctFiles(paths).map(readSuite);
  const problems = [...readings.flatMap((reading) => reading.problems), ...clashesOf(readings)];
  return { suites: readings.flatMap(({ suite }) => suite ?? []), problems: sortProblems(problems) };
}

/**
 * What suites contradict each other in: an ID that two tests share, a group that has two titles. Each is a problem of
 * the later suite and names the place in the earlier one. A suite with problems of its own is left out.
 */
export function clashesOf(readings: readonly SuiteReading[]): Problem[] {
  const whole = readings.flatMap(({ suite, file }) => (suite && file ? [{ suite, file }] : []));
  return [...sharedIds(whole), ...titleClashes(whole)];
}

interface WholeSuite {
  suite: Suite;
  file: YamlFile;
}

function sharedIds(suites: readonly WholeSuite[]): Problem[] {
  const first = new Map<string, string>();
  return suites.flatMap(({ suite, file }) =>
    suite.tests.flatMap(({ id }, index) => {
      const path = ['tests', index];
      const earlier = first.get(id);
      if (earlier === undefined) first.set(id, placeOf(file, path));
      return earlier === undefined
        ? []
        : [file.problem(path, `duplicate test ID "${id}"; it is also in ${earlier}`)];
    }),
  );
}

function titleClashes(suites: readonly WholeSuite[]): Problem[] {
  const first = new Map<string, { title: string; where: string }>();
  return suites.flatMap(({ suite: { group, groupTitle: title }, file }) => {
    const path = ['group', 'title'];
    const earlier = first.get(group) ?? { title, where: placeOf(file, path) };
    first.set(group, earlier);
    if (earlier.title === title) return [];
    const text = `group "${group}" is called "${earlier.title}" in ${earlier.where}; did you mean "${earlier.title}"?`;
    return [file.problem(path, text)];
  });
}

function placeOf(file: YamlFile, path: ValuePath): string {
  return `${file.path}:${file.positionOf(path).line}`;
}
