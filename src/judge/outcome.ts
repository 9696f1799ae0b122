import { nowUs } from '../history/clock.ts';
import type { CloseOutcome } from '../results/outcome.ts';
import { judgeReleased } from './released.ts';
import { deviceWasFirst, releaseStartUs, type ConnectionView } from './view.ts';

/** How a connection ended, and how long the device took for its end. */
export interface Closing {
  outcome: CloseOutcome;
  /** ms from our FIN to the device's, where both were seen. */
  releaseMs?: number;
}

/**
 * Names how a connection ended (FIN, RST, time-out and silence are four different outcomes).
 * @param releaseUs until when a FIN counts as in time, in microseconds after ours
 */
export function closeOutcome(view: ConnectionView, releaseUs: number): Closing {
  if (view.openedUs === undefined) return { outcome: view.refused ? 'refused' : 'unknown' };
  if (view.abortedUs !== undefined) return { outcome: 'aborted by us' };
  const endedUs = releaseStartUs(view);
  if (view.resetUs !== undefined) return { outcome: 'reset by device', ...since(view.resetUs, endedUs) };
  if (endedUs === undefined) return { outcome: 'open' };
  if (view.vanishedUs !== undefined) return { outcome: 'unknown' };
  const released = judgeReleased(view, { ends: 'both' });
  if (released.standing === 'holds') return releasedOutcome(view, endedUs, releaseUs, released);
  if (released.standing === 'unobservable') return { outcome: 'unknown' };
  if (nowUs() - endedUs < releaseUs) return { outcome: 'unknown' };
  return { outcome: view.ncs.latest?.state === 'FIN_WAIT_1' ? 'vanished' : 'never closed' };
}

function releasedOutcome(
  view: ConnectionView,
  endedUs: number,
  releaseUs: number,
  released: { us?: number; sinceUs?: number },
): Closing {
  if (deviceWasFirst(view)) return { outcome: 'clean', releaseMs: 0 };
  const timeWait = view.ncs.states.find((fact) => fact.state === 'TIME_WAIT');
  if (!timeWait && !endedByFin(view)) {
    if (mayHaveBeenFirst(view)) return { outcome: 'unknown' };
    const outcome =
      view.unansweredAtEnd > 0 && view.closedUs !== undefined ? 'reset by us' : 'reset by device';
    return { outcome, ...since(released.us, endedUs) };
  }
  const finUs = view.deviceFinUs ?? timeWait?.us ?? released.us ?? endedUs;
  const earliestUs = view.deviceFinUs ?? timeWait?.sinceUs ?? finUs;
  return { outcome: earliestUs - endedUs <= releaseUs ? 'clean' : 'late', ...since(finUs, endedUs) };
}

/**
 * Whether the end that our descriptor reported was a FIN. libuv may report a reset right behind data as an
 * ordinary end; where the device's end is seen, a FIN leaves TIME_WAIT at one end or the other.
 */
function endedByFin(view: ConnectionView): boolean {
  return view.deviceFinUs !== undefined && !(view.ncs.seenAlive && view.device.seenAlive);
}

/**
 * Whether a FIN of the device may have come before we closed, unread: then our end goes without a TIME_WAIT as well.
 * Where our end was seen waiting for the device, or the device's end was seen, it is known.
 */
function mayHaveBeenFirst({ closedUs, ncs, device }: ConnectionView): boolean {
  const hasWaited = ncs.states.some(({ state }) => state === 'FIN_WAIT_1' || state === 'FIN_WAIT_2');
  return closedUs !== undefined && !hasWaited && !device.seenAlive;
}

function since(us: number | undefined, endedUs: number | undefined): { releaseMs?: number } {
  if (us === undefined || endedUs === undefined || us < endedUs) return {};
  return { releaseMs: Math.round((us - endedUs) / 100) / 10 };
}
