import type { Vantage } from '../history/facts.ts';
import { knownStates } from '../history/states.ts';
import type { ConnectionResult, StateResult } from '../results/results.ts';

/** A state and how it is known. */
type Known = Pick<StateResult, 'state' | 'evidence'>;

/** The states of one end of a connection, in order: those observed, or those inferred where nobody saw that end. */
export function statesAt({ states }: ConnectionResult, vantage: Vantage): StateResult[] {
  return knownStates(states.filter((state) => state.vantage === vantage));
}

/** What a reader calls a state. */
export function stateName({ state, evidence }: Known): string {
  if (state === 'none') return 'no socket';
  return state === 'UNKNOWN' && evidence === 'inferred' ? 'not known' : state;
}

/** A state as a reader is told of it; that it was inferred is always said. */
export function stateText(known: Known): string {
  const isInferred = known.evidence === 'inferred' && known.state !== 'UNKNOWN';
  return `${stateName(known)}${isInferred ? ' (inferred)' : ''}`;
}
