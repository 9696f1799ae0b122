import type { Means } from '../history/facts.ts';
import type { Symptom } from '../history/symptoms.ts';
import { sentenceOf } from './sentences/sentence.ts';

interface ConcludedBase {
  means: Means[];
  /** It rests on a socket of ours being gone, which a kernel that is short of room can bring about too. */
  absence?: true;
}

/** An assertion that holds, or says nothing against the device; `actual` is one clause. */
export interface Harmless extends ConcludedBase {
  outcome: 'pass' | 'inconc' | 'error' | 'not observable';
  actual: string;
}

/** An assertion that fails, for the reason that the symptom says. */
export interface Failed extends ConcludedBase {
  outcome: 'fail';
  symptom: Symptom;
  /** It rests on something not having come in time: worth trying again, and worth nothing where we were late. */
  timing?: true;
}

/** How an assertion ended: what a failure rests on is data, and its sentence is written from it. */
export type Concluded = Harmless | Failed;

/** It is as expected. */
export function passed(actual: string, means: Means[] = ['descriptor']): Concluded {
  return { outcome: 'pass', actual, means };
}

/** It is not as expected. */
export function failed(symptom: Symptom, how: { means?: Means[]; timing?: true } = {}): Concluded {
  const { means = ['descriptor'], timing } = how;
  return { outcome: 'fail', symptom, means, ...(timing && { timing }) };
}

/** Nothing here can show it. */
export function notObservable(actual: string): Concluded {
  return { outcome: 'not observable', actual, means: [] };
}

/** It could not be decided, and that is nothing that the device has to answer for. */
export function undecided(actual: string, means: Means[] = ['descriptor']): Concluded {
  return { outcome: 'inconc', actual, means };
}

/** What is the case, for a person: the sentence of the symptom where it fails. */
export function toldBy(concluded: Concluded): string {
  return concluded.outcome === 'fail' ? sentenceOf(concluded.symptom) : concluded.actual;
}
