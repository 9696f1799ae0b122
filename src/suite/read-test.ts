import type { z } from 'zod';
import { checkValue } from '../document/check.ts';
import type { Problem } from '../document/problem.ts';
import type { ValuePath, YamlFile } from '../document/yaml-file.ts';
import type { EachPort, TestCase } from './model.ts';
import { StepReader } from './read-steps.ts';
import { Scope } from './scope.ts';
import { testHead, type suiteHead } from './suite-schema.ts';
import { withInner, type Step } from './verbs/index.ts';

/** The test at this path of a suite, or what is wrong with it. */
export function readTest(
  file: YamlFile,
  path: ValuePath,
  written: unknown,
  suiteEach: EachPort,
): { test?: TestCase; problems: Problem[] } {
  const reader = new StepReader(file);
  const stepsWritten = (written as { steps?: unknown } | null)?.steps;
  const steps = reader.readList(stepsWritten, [...path, 'steps'], new Scope());
  const head = checkValue(file, path, written, testHead);
  const problems = [...head.problems, ...reader.problems];
  if (problems.length === 0 && !steps.some(asserts)) {
    problems.push(
      file.problem([...path, 'steps'], 'a test without "expect" can only pass; say what is owed', 'key'),
    );
  }
  if (!head.value || problems.length > 0) return { problems };
  const { id, title, tier = 'standard', needs = [], alone = false, each } = head.value;
  const test: TestCase = {
    id,
    title,
    tier,
    each: each ? eachPort(each) : suiteEach,
    permissions: [...new Set(needs)],
    alone,
    covers: [...new Set(coveredBy(steps))],
    steps,
    position: file.positionOf(path),
    source: file.sourceOf(path),
  };
  return { test, problems };
}

/** What `each` of a suite or a test means. */
export function eachPort(each: NonNullable<z.output<typeof suiteHead>['each']>): EachPort {
  const { port } = each;
  if (Array.isArray(port)) return [...new Set(port)];
  return port === 'declared' || port === 'once' ? port : [port];
}

/** Whether a step can fail the device for the reason that the test is about; a call that must come can. */
function asserts(step: Step): boolean {
  return withInner(step).some(
    ({ verb, covers }) => verb === 'expect' || (verb === 'accept' && covers.length > 0),
  );
}

function coveredBy(steps: readonly Step[]): string[] {
  return steps.flatMap(withInner).flatMap(({ covers }) => covers);
}
