import { sortProblems, type Problem } from '../document/problem.ts';
import type { ValuePath } from '../document/yaml-file.ts';
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
  const whole = readings.filter((reading): reading is WholeSuite => reading.suite !== undefined);
  return [...sharedIds(whole), ...titleClashes(whole)];
}

type WholeSuite = SuiteReading & Required<Pick<SuiteReading, 'suite'>>;

function sharedIds(readings: readonly WholeSuite[]): Problem[] {
  const first = new Map<string, Place>();
  return readings.flatMap((reading) =>
    reading.suite.tests.flatMap(({ id }, index) => {
      const here = { reading, path: ['tests', index] };
      const earlier = first.get(id);
      if (earlier === undefined) first.set(id, here);
      return earlier === undefined
        ? []
        : problemAt(here, `duplicate test ID "${id}"; it is also in ${shown(earlier)}`);
    }),
  );
}

function titleClashes(readings: readonly WholeSuite[]): Problem[] {
  const first = new Map<string, Place>();
  return readings.flatMap((reading) => {
    const { group, groupTitle } = reading.suite;
    const here = { reading, path: ['group', 'title'] };
    const earlier = first.get(group) ?? here;
    first.set(group, earlier);
    const { groupTitle: title } = earlier.reading.suite;
    if (title === groupTitle) return [];
    return problemAt(
      here,
      `group "${group}" is called "${title}" in ${shown(earlier)}; did you mean "${title}"?`,
    );
  });
}

/** Something in a suite; where it stands in its file is looked for only when it is told. */
interface Place {
  reading: WholeSuite;
  path: ValuePath;
}

function problemAt({ reading, path }: Place, text: string): Problem[] {
  return reading.file ? [reading.file.problem(path, text)] : [];
}

function shown({ reading, path }: Place): string {
  const { file, suite } = reading;
  return file ? `${file.path}:${file.positionOf(path).line}` : suite.path;
}
