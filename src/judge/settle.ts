import { formatUs, nowUs } from '../history/clock.ts';
import type { History } from '../history/history.ts';
import { measured } from '../history/symptoms.ts';
import { failed, notObservable, passed, undecided, type Concluded } from './concluded.ts';
import { actualOf, type Holding, type Judgement, type Opposing } from './judgement.ts';

/** A change that straddles the deadline by less than this is taken for the device: it is our sampling, not its delay. */
const TOLERANCE_US = 60_000;

/** What no means has seen by then, and does not see in two more looks, will not be seen before the deadline either. */
const SIGHTLESS_US = 1_000_000;

/** What settling needs beside the predicate. */
export interface SettleOptions {
  history: History;
  /** On the history's clock. */
  deadlineUs: number;
  /** Takes one more look at the watched sockets before the judgement at the deadline. */
  look?: () => void | Promise<void>;
  signal?: AbortSignal;
  /** For how long this process has stood still so far, in microseconds. */
  lagUs?: () => number;
}

/** The longest standstill of ours that is made up for by waiting longer. */
export const MOST_GRACE_US = 30_000_000;

/**
 * Waits until a predicate holds, is refuted for good, or the deadline has passed, and judges it then. A change
 * that our own sampling or event loop cannot date to one side of the deadline is inconclusive, never a failure.
 * Where this process stood still, the device is given that time back before it is accused.
 */
export async function settle(judge: () => Judgement, options: SettleOptions): Promise<Concluded> {
  const { history, deadlineUs } = options;
  const decided = (): boolean => {
    const { standing } = judge();
    return standing === 'holds' || standing === 'refuted';
  };
  await history.until(decided, Math.min(deadlineUs, nowUs() + SIGHTLESS_US), options.signal);
  if (judge().standing === 'unobservable') {
    await options.look?.();
    await options.look?.();
  }
  if (judge().standing !== 'unobservable') await history.until(decided, deadlineUs, options.signal);
  await options.look?.();
  const lagUs = options.lagUs?.() ?? 0;
  if (lagUs > TOLERANCE_US && judge().standing === 'pending') {
    await history.until(decided, deadlineUs + Math.min(lagUs, MOST_GRACE_US), options.signal);
    await options.look?.();
  }
  return conclude(judge(), {
    deadlineUs,
    lagUs,
    ...(options.signal?.aborted && { stopped: String(options.signal.reason) }),
  });
}

interface Circumstances {
  deadlineUs: number;
  lagUs: number;
  /** Why the campaign was ended early, where it was. */
  stopped?: string;
}

function conclude(judgement: Judgement, circumstances: Circumstances): Concluded {
  const { means } = judgement;
  const absence = judgement.absence && { absence: judgement.absence };
  if (judgement.standing === 'unobservable') return notObservable(judgement.actual);
  const doubt = doubtIn(judgement, circumstances);
  if (doubt !== undefined) return { ...undecided(`${actualOf(judgement)}; ${doubt}`, means), ...absence };
  if (judgement.standing !== 'holds') {
    return { ...failed(judgement.symptom, { means }), ...absence };
  }
  const { deadlineUs } = circumstances;
  const { us = 0 } = judgement;
  if (us <= deadlineUs + TOLERANCE_US) return { ...passed(judgement.actual, means), ...absence };
  const late = measured('late', { lateUs: us - deadlineUs }, { quote: judgement.actual });
  return { ...failed(late, { means, timing: true }), ...absence };
}

/** Why the deadline has decided nothing: what stands in the way is ours. */
function doubtIn(judgement: Holding | Opposing, circumstances: Circumstances): string | undefined {
  const { deadlineUs, lagUs, stopped } = circumstances;
  if ('symptom' in judgement) {
    if (judgement.standing === 'refuted') return undefined;
    if (stopped !== undefined) return `${stopped} before the deadline`;
    if (judgement.undecided !== undefined) return judgement.undecided;
    return lagUs > MOST_GRACE_US ? `this process stood still for ${formatUs(lagUs)}` : undefined;
  }
  const { us = 0, sinceUs = us } = judgement;
  if (us <= deadlineUs + TOLERANCE_US || sinceUs - lagUs > deadlineUs) return undefined;
  return sinceUs > deadlineUs
    ? `it came ${formatUs(us - deadlineUs)} after the deadline, but this process stood still for ${formatUs(lagUs)}`
    : `it happened between two looks of ours that are ${formatUs(us - sinceUs)} apart, with the deadline between them`;
}
