/* eslint-disable no-console -- what mochawesome tells the console is kept from the user's terminal here */
import type { Runner } from 'mocha';

type Listener = (...values: unknown[]) => unknown;

/**
 * Runs something while the console is silent.
 * @returns the first error that was said to it meanwhile
 */
export async function quietly(work: () => unknown): Promise<string | undefined> {
  const hush = hushConsole();
  try {
    await work();
  } finally {
    hush.restore();
  }
  return hush.said();
}

function hushConsole(): { said: () => string | undefined; restore: () => void } {
  const real = { error: console.error, log: console.log };
  let first: string | undefined;
  console.error = (text: unknown): void => {
    first ??= String(text);
  };
  console.log = (): void => undefined;
  return { said: () => first, restore: () => void Object.assign(console, real) };
}

/**
 * A runner whose listeners cannot harm the run: what they throw, or tell the console, goes to `onProblem` instead.
 * Everything but subscribing goes to the real runner.
 */
export function guardedRunner(runner: Runner, onProblem: (problem: unknown) => void): Runner {
  const guard =
    (listener: Listener): Listener =>
    (...values) => {
      const hush = hushConsole();
      try {
        listener.apply(runner, values);
      } catch (problem) {
        onProblem(problem);
      } finally {
        hush.restore();
      }
      const said = hush.said();
      if (said !== undefined) onProblem(said);
    };
  return new Proxy(runner, {
    get(target, property) {
      if (property === 'on' || property === 'once') {
        return (event: 'end', listener: Listener) => target[property](event, guard(listener));
      }
      return Reflect.get(target, property, target) as unknown;
    },
  });
}
