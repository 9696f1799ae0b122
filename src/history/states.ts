import type { StateFact } from './facts.ts';

/** What is known of one end: the states observed, or those inferred where it was never seen alive. */
export function knownStates<T extends Pick<StateFact, 'state' | 'evidence'>>(states: readonly T[]): T[] {
  const observed = states.filter(({ evidence }) => evidence === 'observed');
  return observed.some(isSocket) ? observed : states.filter(({ evidence }) => evidence === 'inferred');
}

/** Whether there was a socket at all. */
export function isSocket({ state }: Pick<StateFact, 'state'>): boolean {
  return state !== 'none';
}
