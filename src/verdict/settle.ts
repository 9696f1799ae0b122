import { formatUs, nowUs } from '../history/clock.ts';
import type { History } from '../history/history.ts';
import type { AssertionResult } from '../results/results.ts';
import type { Judgement } from './judgement.ts';

/** A change that straddles the deadline by less than this is taken for the device: it is our sampling, not its delay. */
const TOLERANCE_US = 60_000;

/** What no means has seen by then, and does not see in two more looks, will not be seen before the deadline either. */
const SIGHTLESS_US = 1_000_000;

/** How an expectation ended. */
export interface Settled {
  outcome: AssertionResult['outcome'];
  judgement: Judgement;
  /** Why it is inconclusive. */
  reason?: string;
}

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
const MOST_GRACE_US = 30_000_000;

/**
 * Waits until a predicate holds, is refuted for good, or the deadline has passed, and judges it then. A change
 * that our own sampling or event loop cannot date to one side of the deadline is inconclusive, never a failure.
 * Where this process stood still, the device is given that time back before it is accused.
 */
export async function settle(judge: () => Judgement, options: SettleOptions): Promise<Settled> {
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
  return conclude(judge(), { deadlineUs, lagUs, interrupted: options.signal?.aborted === true });
}

interface Circumstances {
  deadlineUs: number;
  lagUs: number;
  interrupted: boolean;
}

function conclude(judgement: Judgement, { deadlineUs, lagUs, interrupted }: Circumstances): Settled {
  if (judgement.standing === 'unobservable') return { outcome: 'not observable', judgement };
  if (judgement.standing !== 'holds') {
    if (judgement.standing === 'pending' && interrupted) {
      return { outcome: 'inconc', judgement, reason: 'the campaign was interrupted before the deadline' };
    }
    if (judgement.standing === 'pending' && judgement.undecided !== undefined) {
      return { outcome: 'inconc', judgement, reason: judgement.undecided };
    }
    if (judgement.standing === 'pending' && lagUs > MOST_GRACE_US) {
      return { outcome: 'inconc', judgement, reason: `this process stood still for ${formatUs(lagUs)}` };
    }
    return { outcome: 'fail', judgement };
  }
  const { us = 0, sinceUs = us } = judgement;
  if (us <= deadlineUs + TOLERANCE_US) return { outcome: 'pass', judgement };
  if (sinceUs - lagUs > deadlineUs) return { outcome: 'fail', judgement: { ...judgement, timing: true } };
  if (sinceUs > deadlineUs) {
    const reason = `it came ${formatUs(us - deadlineUs)} after the deadline, but this process stood still for ${formatUs(lagUs)}`;
    return { outcome: 'inconc', judgement, reason };
  }
  return {
    outcome: 'inconc',
    judgement,
    reason: `it happened between two looks of ours that are ${formatUs(us - sinceUs)} apart, with the deadline between them`,
  };
}
