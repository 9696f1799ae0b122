import type { Means } from '../history/facts.ts';
import type { Symptom } from '../history/symptoms.ts';
import { sentenceOf } from './sentences/sentence.ts';
import { ofConnections } from './sentences/share.ts';

interface JudgementBase {
  means: Means[];
  /** It rests on a socket of ours being gone, which a kernel that is short of room can bring about too. */
  absence?: true;
}

/** It is the case. */
export interface Holding extends JudgementBase {
  standing: 'holds';
  /** One clause: what fulfils it. */
  actual: string;
  /** It came to hold after `sinceUs` and not later than `us`. */
  us?: number;
  sinceUs?: number;
}

/** No means at hand can decide it. */
export interface Undecidable extends JudgementBase {
  standing: 'unobservable';
  /** One clause: why not. */
  actual: string;
}

/** It is not the case yet (`pending`), or can no longer come to be (`refuted`). */
export interface Opposing extends JudgementBase {
  standing: 'pending' | 'refuted';
  /** What would be held against the device. */
  symptom: Symptom;
  /** While pending: why the deadline leaves it undecided instead of refuting it. */
  undecided?: string;
}

/** What a predicate says of the history as it stands. */
export type Judgement = Holding | Undecidable | Opposing;

/** What is the case, for a person: the sentence of the symptom where something speaks against the device. */
export function actualOf(judgement: Judgement): string {
  return 'symptom' in judgement ? sentenceOf(judgement.symptom) : judgement.actual;
}

const RANK = ['holds', 'unobservable', 'pending', 'refuted'] as const;

/** Joins the judgements of several connections: the worst standing decides, and a count says how many share it. */
export function joinJudgements(judgements: readonly Judgement[]): Judgement {
  const [first] = judgements;
  if (!first) return { standing: 'unobservable', actual: 'there is no such connection', means: [] };
  if (judgements.length === 1) return first;
  const worst = RANK.findLast((standing) => judgements.some((one) => one.standing === standing));
  const alike = judgements.filter((one) => one.standing === worst);
  const means = [...new Set(alike.flatMap((one) => one.means))];
  const told = alike.find((one) => !('undecided' in one)) ?? alike[0] ?? first;
  const base = {
    means,
    ...(alike.some((one) => one.absence) && { absence: true as const }),
  };
  const share = { count: alike.length, of: judgements.length };
  if (told.standing === 'holds') {
    const held = judgements.filter((one) => one.standing === 'holds');
    return {
      ...base,
      standing: 'holds',
      actual: ofConnections(share, told.actual),
      us: Math.max(...held.map((one) => one.us ?? 0)),
      sinceUs: Math.max(...held.map((one) => one.sinceUs ?? 0)),
    };
  }
  if (told.standing === 'unobservable') {
    return { ...base, standing: 'unobservable', actual: ofConnections(share, told.actual) };
  }
  return { ...told, ...base, symptom: { ...told.symptom, share } };
}
