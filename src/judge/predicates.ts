import { formatUs, nowUs } from '../history/clock.ts';
import type { SocketState, StateFact, Vantage } from '../history/facts.ts';
import { measured, symptom } from '../history/symptoms.ts';
import type { CloseOutcome } from '../results/outcome.ts';
import { actualOf, type Judgement } from './judgement.ts';
import { closeOutcome } from './outcome.ts';
import { judgeReleased } from './released.ts';
import { answerOf, releaseStartUs, type ConnectionView } from './view.ts';

/** Holds once one end of a connection is, or has been, in one of these states. */
export function judgeState(view: ConnectionView, states: readonly SocketState[], at: Vantage): Judgement {
  const end = at === 'ncs' ? view.ncs : view.device;
  const where = at === 'ncs' ? 'here' : 'at the device';
  const answer = answerOf(end);
  const hit = answer.states.find((fact) => states.includes(fact.state));
  if (hit) {
    return {
      standing: 'holds',
      actual: told(hit, where),
      means: [hit.means],
      us: hit.us,
      sinceUs: hit.sinceUs,
    };
  }
  const latest = answer.states.at(-1);
  if (!latest || !answer.stands)
    return { standing: 'unobservable', actual: `nothing here sees the socket ${where}`, means: [] };
  const { state, evidence, means } = latest;
  const particulars = {
    states: { [at]: state },
    ...(evidence === 'inferred' && { inferred: true as const }),
  };
  return { standing: 'pending', symptom: symptom('state-not-reached', particulars), means: [means] };
}

function told({ state, evidence, from }: StateFact, where: string): string {
  return evidence === 'observed' ? `${state} ${where}` : `${state} ${where} (inferred from ${from})`;
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
    return { ...released, undecided: 'it has not ended, so how it ends was not seen' };
  }
  const how = actualOf(released);
  const { means } = released;
  const absence = released.absence && { absence: released.absence };
  if (!outcomes.includes(outcome)) {
    const ended = symptom('ended-otherwise', { ended: outcome, quote: how });
    return { standing: 'refuted', symptom: ended, means, ...absence };
  }
  const actual = `${outcome} (${how})`;
  return released.standing === 'holds'
    ? { ...released, actual }
    : { standing: 'holds', actual, means, ...absence };
}

/** Refuted by a FIN or a reset of the device before `untilUs`; holds when that time has come without one. */
export function judgeStaysOpen(view: ConnectionView, untilUs: number): Judgement {
  const endedUs = Math.min(view.deviceFinUs ?? Infinity, view.resetUs ?? Infinity);
  if (view.openedUs === undefined)
    return { standing: 'unobservable', actual: 'it was never open', means: ['descriptor'] };
  if (endedUs < untilUs) {
    const code = view.resetUs === endedUs ? 'reset-by-device' : 'closed-by-device';
    const afterUs = endedUs - Math.max(view.openedUs, view.lastActUs);
    return { standing: 'refuted', symptom: measured(code, { afterUs }), means: ['descriptor'] };
  }
  if (nowUs() < untilUs) return { standing: 'pending', symptom: symptom('kept-open'), means: ['descriptor'] };
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
  if (us === Infinity) return { standing: 'pending', symptom: symptom('kept-open'), means: ['descriptor'] };
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
  return releaseStartUs(view) ?? (view.lastActUs > 0 ? view.lastActUs : nowUs());
}
