import type { Means } from '../history/facts.ts';
import type { CloseOutcome } from '../results/results.ts';

/**
 * What a predicate says of the history as it stands. `pending` may still become anything; `refuted` can no
 * longer come to hold; `unobservable` says that no means at hand can decide it.
 */
export interface Judgement {
  standing: 'holds' | 'refuted' | 'pending' | 'unobservable';
  /** One clause: what is the case instead, or what fulfils it. */
  actual: string;
  means: Means[];
  /** For `holds`: it came to hold after `sinceUs` and not later than `us`. */
  sinceUs?: number;
  us?: number;
  outcome?: CloseOutcome;
  /** While pending: why the deadline leaves it undecided instead of refuting it. */
  undecided?: string;
  /** It rests on a socket of ours being gone, which a kernel that is short of room can bring about too. */
  absence?: true;
  /** It rests on something not having come in time: worth trying again, and worth nothing where we were late. */
  timing?: true;
}

/** Joins the judgements of several connections: the worst standing decides, and a count says how many share it. */
export function joinJudgements(judgements: readonly Judgement[]): Judgement {
  const rank = ['holds', 'unobservable', 'pending', 'refuted'] as const;
  const [first] = judgements;
  if (!first) return { standing: 'unobservable', actual: 'there is no such connection', means: [] };
  if (judgements.length === 1) return first;
  const worst = judgements.reduce(
    (so, next) => (rank.indexOf(next.standing) > rank.indexOf(so.standing) ? next : so),
    first,
  );
  const alike = judgements.filter((one) => one.standing === worst.standing);
  const told = alike.find((one) => one.undecided === undefined) ?? worst;
  const count =
    alike.length === judgements.length ? `all ${alike.length}` : `${alike.length} of ${judgements.length}`;
  const joined: Judgement = {
    standing: worst.standing,
    actual: `${count} connections: ${told.actual}`,
    means: [...new Set(alike.flatMap((one) => one.means))],
  };
  if (told.outcome) joined.outcome = told.outcome;
  if (told.undecided !== undefined) joined.undecided = told.undecided;
  if (alike.some((one) => one.absence)) joined.absence = true;
  if (alike.every((one) => one.timing)) joined.timing = true;
  if (worst.standing === 'holds') {
    joined.us = Math.max(...judgements.map((one) => one.us ?? 0));
    joined.sinceUs = Math.max(...judgements.map((one) => one.sinceUs ?? 0));
  }
  return joined;
}
