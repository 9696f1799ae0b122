import { formatUs } from '../history/clock.ts';
import type { History } from '../history/history.ts';
import type { AssertionResult } from '../results/results.ts';
import type { Judgement } from './judgement.ts';

/** A change that straddles the deadline by less than this is taken for the device: it is our sampling, not its delay. */
const TOLERANCE_US = 60_000;

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
}

/**
 * Waits until a predicate holds, is refuted for good, or the deadline has passed, and judges it then. A change
 * that our own sampling or event loop cannot date to one side of the deadline is inconclusive, never a failure.
 */
export async function settle(judge: () => Judgement, options: SettleOptions): Promise<Settled> {
  const { history, deadlineUs } = options;
  const decided = (): boolean => {
    const { standing } = judge();
    return standing === 'holds' || standing === 'refuted';
  };
  await history.until(decided, deadlineUs, options.signal);
  await options.look?.();
  return conclude(judge(), deadlineUs, options.signal?.aborted === true);
}

function conclude(judgement: Judgement, deadlineUs: number, interrupted: boolean): Settled {
  if (judgement.standing === 'unobservable') return { outcome: 'not observable', judgement };
  if (judgement.standing !== 'holds') {
    if (judgement.standing === 'pending' && interrupted) {
      return { outcome: 'inconc', judgement, reason: 'the campaign was interrupted before the deadline' };
    }
    if (judgement.standing === 'pending' && judgement.undecided) {
      return { outcome: 'inconc', judgement, reason: 'it has not ended, so how it ends was not seen' };
    }
    return { outcome: 'fail', judgement };
  }
  const { us = 0, sinceUs = us } = judgement;
  if (us <= deadlineUs + TOLERANCE_US) return { outcome: 'pass', judgement };
  if (sinceUs > deadlineUs) return { outcome: 'fail', judgement };
  return {
    outcome: 'inconc',
    judgement,
    reason: `it happened between two looks of ours that are ${formatUs(us - sinceUs)} apart, with the deadline between them`,
  };
}
