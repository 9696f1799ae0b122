import { checkValue } from '../document/check.ts';
import type { Problem } from '../document/problem.ts';
import type { ValuePath, YamlFile } from '../document/yaml-file.ts';
import { checkStep } from './check-step.ts';
import { Scope } from './scope.ts';
import { definitionOf, stepSchema, type Step } from './verbs/index.ts';

/** Reads the steps of one test, gathering every problem on the way. */
export class StepReader {
  readonly problems: Problem[] = [];
  readonly #file: YamlFile;

  constructor(file: YamlFile) {
    this.#file = file;
  }

  /** The steps of a list; a step that is not well-formed is left out and reported. */
  readList(written: unknown, path: ValuePath, scope: Scope): Step[] {
    const steps: readonly unknown[] = Array.isArray(written) ? written : [];
    return steps.flatMap((one, index) => {
      const here = [...path, index];
      const { value, problems } = checkValue(this.#file, here, one, stepSchema);
      this.problems.push(...problems);
      if (value && problems.length === 0) return [this.#place(value, here, scope)];
      scope.addFromBroken(one);
      return [];
    });
  }

  /** Tells a well-formed step, and those inside it, where they stand, and checks them against what came before. */
  #place(checked: Omit<Step, 'position'>, path: ValuePath, scope: Scope): Step {
    const { verb } = checked;
    const where = [...path, verb];
    const step = Object.assign(checked, { position: this.#file.keyPositionOf(where) }) as Step;
    const definition = definitionOf(step);
    const before = new Scope(scope);
    for (const { at, up = 0, steps } of definition.inside?.(step) ?? []) {
      const inside = definition.beside ? new Scope(before) : scope;
      const list = [...where.slice(0, where.length - up), ...at];
      for (const [index, inner] of (steps as Step[]).entries()) this.#place(inner, [...list, index], inside);
      scope.addAll(inside);
    }
    definition.complete?.(step, scope);
    for (const { path: below, text } of checkStep(step, valueAt(this.#file.value, where), scope)) {
      this.problems.push(this.#file.problem([...where, ...below], text));
    }
    if (verb === 'play' && !path.includes('grid'))
      this.problems.push(this.#file.problem(where, '"play" stands among the steps of a grid', 'key'));
    for (const made of definition.makes?.(step) ?? []) scope.add(made);
    for (const name of definition.ends?.(step) ?? []) scope.end(name);
    return step;
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}
