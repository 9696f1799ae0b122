import type { PortName } from '../history/facts.ts';
import type { Symptom } from '../history/symptoms.ts';
import type { AssertionResult, TestResult } from '../results/results.ts';
import { SHOWN } from './shown.ts';

/** What tests have shown once more by themselves after they had seen, beside others, that the device keeps connections. */
export class KeptAlone {
  readonly #again = new Map<PortName | undefined, number>();
  readonly #not = new Set<PortName | undefined>();

  /** @param again whether it came out as before */
  learn(port: PortName | undefined, again: boolean): void {
    if (again) this.#again.set(port, (this.#again.get(port) ?? 0) + 1);
    else this.#not.add(port);
  }

  /** Whether connections of a port are kept whether or not others are there. */
  isShown(port: PortName | undefined): boolean {
    return !this.#not.has(port) && (this.#again.get(port) ?? 0) >= SHOWN;
  }
}

/** Whether nothing is held against the device, so that nothing need be shown again. */
export function isSound({ applicability, verdict }: TestResult): boolean {
  return applicability !== 'selected' || verdict === 'pass';
}

/** Whether everything that a result rests on is a connection that the device keeps. */
export function isOfKept(result: TestResult): boolean {
  const { verdict, assertions } = result;
  const deciding = assertions.filter(({ outcome }) => outcome === verdict);
  if (verdict === 'inconc') return deciding.every((one) => stillStands(one, result));
  return verdict === 'fail' && deciding.every(({ symptom }) => isKept(symptom));
}

function isKept(symptom: Symptom | undefined): boolean {
  if (symptom?.code === 'left-behind') {
    const { late, refused, resetOnOpen, unreached } = symptom.figures;
    return late + refused + resetOnOpen + unreached === 0;
  }
  return symptom?.code === 'never-closed' || symptom?.code === 'never-accepted';
}

/** Whether nothing was found out about a release because it never came. */
function stillStands({ about, connections: names }: AssertionResult, { connections }: TestResult): boolean {
  const outcomes = connections.filter(({ name }) => names.includes(name)).map(({ outcome }) => outcome);
  return about === 'release' && outcomes.length > 0 && outcomes.every((one) => one === 'never closed');
}
