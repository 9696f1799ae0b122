import { checkValue } from '../document/check.ts';
import type { Problem } from '../document/problem.ts';
import type { ValuePath, YamlFile } from '../document/yaml-file.ts';
import { checkStep } from './check-step.ts';
import { makeStep } from './make-step.ts';
import type { Step, Verb } from './model.ts';
import { Scope } from './scope.ts';
import { stepSchema, type WrittenStep } from './step-schema.ts';

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
    return steps.flatMap((step, index) => {
      const here = [...path, index];
      const { value, problems } = checkValue(this.#file, here, step, stepSchema);
      if (problems.length === 0) return [this.#make(value as WrittenStep, step, here, scope)];
      this.problems.push(...problems);
      scope.addFromBroken(step);
      return [];
    });
  }

  #make(checked: WrittenStep, written: unknown, path: ValuePath, scope: Scope): Step {
    const [verb, args] = Object.entries(checked)[0] as [Verb, { covers?: string[] }];
    const writtenArgs = (written as Record<Verb, unknown>)[verb];
    const where = [...path, verb];
    const before = new Scope(scope);
    const bare = makeStep(checked, {
      inner: (below) => {
        // Branches run at the same time: none can count on the names of another.
        const inside = verb === 'parallel' ? new Scope(before) : scope;
        const steps = this.readList(valueAt(writtenArgs, below), [...where, ...below], inside);
        scope.addAll(inside);
        return steps;
      },
      senderOf: (label) => scope.senderOf(label),
    });
    const step = { ...bare, position: this.#file.keyPositionOf(where), covers: args.covers ?? [] } as Step;
    for (const { path: below, text } of checkStep(step, writtenArgs, scope)) {
      this.problems.push(this.#file.problem([...where, ...below], text));
    }
    scope.addFrom(step);
    return step;
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}
