import { formatUs, nowUs } from '../history/clock.ts';
import type { SocketState, Vantage } from '../history/facts.ts';
import type { CloseOutcome } from '../results/results.ts';
import type { Judgement } from './judgement.ts';
import { closeOutcome } from './outcome.ts';
import { judgeReleased } from './released.ts';
import { endedByUsUs, type ConnectionView } from './view.ts';

/** Holds once one end of a connection is, or has been, in one of these states. */
export function judgeState(view: ConnectionView, states: readonly SocketState[], at: Vantage): Judgement {
  const end = at === 'ncs' ? view.ncs : view.device;
  const where = at === 'ncs' ? 'here' : 'at the device';
  const hit = end.states.find((fact) => states.includes(fact.state));
  if (hit) {
    return {
      standing: 'holds',
      actual: `${hit.state} ${where}`,
      means: [hit.means],
      us: hit.us,
      sinceUs: hit.sinceUs,
    };
  }
  if (!end.seenAlive)
    return { standing: 'unobservable', actual: `nothing here sees the socket ${where}`, means: [] };
  return {
    standing: 'pending',
    actual: `${end.latest?.state ?? 'nothing'} ${where}`,
    means: end.latest ? [end.latest.means] : [],
  };
}

/** Holds once a connection has ended in one of these ways; one that never ends is not accused of how it ends. */
export function judgeOutcome(
  view: ConnectionView,
  outcomes: readonly CloseOutcome[],
  releaseUs: number,
): Judgement {
  const released = judgeReleased(view, { ends: 'both' });
  const { outcome } = closeOutcome(view, releaseUs);
  if (released.standing === 'unobservable') return released;
  if (released.standing === 'pending') {
    return {
      ...released,
      actual: released.actual,
      outcome,
      undecided: 'it has not ended, so how it ends was not seen',
    };
  }
  const fits = outcomes.includes(outcome);
  return {
    ...released,
    standing: fits ? 'holds' : 'refuted',
    actual: `${outcome} (${released.actual})`,
    outcome,
  };
}

/** Refuted by a FIN or a reset of the device before `untilUs`; holds when that time has come without one. */
export function judgeStaysOpen(view: ConnectionView, untilUs: number): Judgement {
  const endedUs = Math.min(view.deviceFinUs ?? Infinity, view.resetUs ?? Infinity);
  if (view.openedUs === undefined)
    return { standing: 'refuted', actual: 'it was never open', means: ['descriptor'] };
  if (endedUs < untilUs) {
    const how = view.resetUs === endedUs ? 'reset' : 'closed';
    const quiet = formatUs(endedUs - Math.max(view.openedUs, view.lastActUs));
    return { standing: 'refuted', actual: `the device ${how} it after ${quiet}`, means: ['descriptor'] };
  }
  if (nowUs() < untilUs) return { standing: 'pending', actual: 'still open', means: ['descriptor'] };
  return {
    standing: 'holds',
    actual: `still open after ${formatUs(untilUs - view.openedUs)}`,
    means: ['descriptor'],
    us: untilUs,
    sinceUs: untilUs,
  };
}

/** Holds once the device has ended the connection by itself, with a FIN or with a reset. */
export function judgeEnded(view: ConnectionView): Judgement {
  const us = Math.min(view.deviceFinUs ?? Infinity, view.resetUs ?? Infinity);
  if (us === Infinity)
    return { standing: 'pending', actual: 'the device keeps it open', means: ['descriptor'] };
  const how = view.resetUs === us ? 'reset' : 'closed';
  const after = formatUs(us - (view.openedUs ?? us));
  return {
    standing: 'holds',
    actual: `the device ${how} it after ${after}`,
    means: ['descriptor'],
    us,
    sinceUs: us,
  };
}

/** From when the deadline of an expectation about this connection runs: our last act on it. */
export function deadlineStartUs(view: ConnectionView): number {
  return endedByUsUs(view) ?? (view.lastActUs > 0 ? view.lastActUs : nowUs());
}
