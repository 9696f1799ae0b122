import { formatUs, nowUs } from '../history/clock.ts';
import type { Means, StateFact } from '../history/facts.ts';
import type { Judgement } from './judgement.ts';
import { deviceWasFirst, endedByUsUs, type ConnectionView } from './view.ts';

/**
 * An orphaned FIN_WAIT_2 is dropped by Linux after about 60 s. A socket that is gone earlier than this after
 * our FIN did not just expire: the device's FIN or a reset removed it.
 */
const ORPHAN_TIMEOUT_US = 55_000_000;

/** A device that has never heard our FIN cannot have answered it (RFC 9293 section 3.6). */
const UNHEARD =
  "our FIN was not acknowledged: packets are lost, or the device's system has no room for the connection, so what the device does after a FIN was not seen";

/** How to judge a release. */
export interface ReleaseOptions {
  ends: 'both' | 'device' | 'ncs';
  /** Behind a proxy our end says nothing about the device. */
  proxied?: boolean;
}

/**
 * Released: the device's end is gone or in TIME_WAIT, and ours is in TIME_WAIT, or gone after LAST_ACK or a
 * reset. It holds whichever side closed first (RFC 9293 section 3.6).
 */
export function judgeReleased(view: ConnectionView, options: ReleaseOptions): Judgement {
  if (view.openedUs === undefined)
    return { standing: 'unobservable', actual: 'it was never open', means: [] };
  if (endedByUsUs(view) === undefined && view.resetUs === undefined) {
    return { standing: 'pending', actual: 'the NCS has not closed it', means: [] };
  }
  const ours = judgeOurEnd(view);
  if (options.ends === 'ncs') return ours;
  const theirs = judgeDeviceEnd(view, ours, options.proxied === true);
  if (options.ends === 'device') return theirs;
  return both(ours, theirs);
}

function both(ours: Judgement, theirs: Judgement): Judgement {
  if (theirs.standing === 'unobservable') return ours;
  if (ours.standing === 'unobservable') return theirs;
  const means = [...new Set([...ours.means, ...theirs.means])];
  if (ours.standing === 'refuted') return ours;
  if (ours.standing === 'pending' && theirs.standing === 'pending') {
    const actual = [...new Set([ours.actual, theirs.actual])].join(', ');
    const { undecided } = theirs;
    return { standing: 'pending', actual, means, ...(undecided !== undefined && { undecided }) };
  }
  if (ours.standing === 'pending') return { ...ours, means };
  if (theirs.standing === 'pending') return { ...theirs, means };
  return {
    standing: 'holds',
    actual: `${ours.actual}, ${theirs.actual}`,
    means,
    us: Math.max(ours.us ?? 0, theirs.us ?? 0),
    sinceUs: Math.max(ours.sinceUs ?? 0, theirs.sinceUs ?? 0),
    ...(ours.absence && { absence: true }),
  };
}

function judgeOurEnd(view: ConnectionView): Judgement {
  const { latest, seenAlive } = view.ncs;
  const endedUs = endedByUsUs(view) ?? 0;
  if (view.abortedUs !== undefined || view.vanishedUs !== undefined) {
    return holdsAt(endedUs, 'nothing here after our reset', ['descriptor']);
  }
  if (view.resetUs !== undefined) {
    return holdsAt(view.resetUs, 'reset', ['descriptor']);
  }
  if (latest && seenAlive) return judgeOurState(view, latest, endedUs);
  if (view.deviceFinUs !== undefined) {
    return holdsAt(Math.max(view.deviceFinUs, endedUs), 'its FIN arrived', ['descriptor']);
  }
  if (view.closedUs !== undefined) {
    return {
      standing: 'unobservable',
      actual: 'our descriptor is given up and nothing here can see the socket behind it',
      means: [],
    };
  }
  return {
    standing: 'pending',
    actual: waiting(view, 'no FIN of the device arrived'),
    means: ['descriptor'],
  };
}

function judgeOurState(view: ConnectionView, latest: StateFact, endedUs: number): Judgement {
  if (latest.state === 'TIME_WAIT') return holdsIn(latest, 'TIME_WAIT here');
  if (latest.state !== 'none') {
    const told = { standing: 'pending' as const, actual: waiting(view, `${latest.state} here`) };
    const isUnheard = latest.state === 'FIN_WAIT_1' && !view.device.seenAlive;
    return { ...told, means: [latest.means], ...(isUnheard && { undecided: UNHEARD }) };
  }
  if (deviceWasFirst(view)) return holdsIn(latest, 'no socket here after LAST_ACK');
  if (view.deviceFinUs !== undefined) return holdsIn(latest, 'no socket here after its FIN');
  if (latest.sinceUs - endedUs < ORPHAN_TIMEOUT_US) {
    return { ...holdsIn(latest, 'no socket here after a reset'), absence: true };
  }
  return {
    standing: 'refuted',
    actual: `our end expired in FIN_WAIT_2 after ${formatUs(latest.us - endedUs)}`,
    means: [latest.means],
  };
}

function judgeDeviceEnd(view: ConnectionView, ours: Judgement, proxied: boolean): Judgement {
  const { latest, seenAlive } = view.device;
  if (latest && seenAlive) {
    if (latest.state === 'none') return holdsIn(latest, 'no socket at the device');
    if (latest.state === 'TIME_WAIT') return holdsIn(latest, 'TIME_WAIT at the device');
    return {
      standing: 'pending',
      actual: waiting(view, `${latest.state} at the device`),
      means: [latest.means],
    };
  }
  if (proxied || view.abortedUs !== undefined || view.vanishedUs !== undefined) {
    return { standing: 'unobservable', actual: "nothing here sees the device's end", means: [] };
  }
  if (ours.standing === 'holds') {
    return { ...ours, actual: `so the device has closed (inferred)`, means: ['inference'] };
  }
  return {
    ...ours,
    means: ours.standing === 'pending' ? ['inference'] : [],
    actual: inferredPending(view, ours),
  };
}

function inferredPending(view: ConnectionView, ours: Judgement): string {
  return view.ncs.latest?.state === 'FIN_WAIT_2' ? 'so CLOSE_WAIT at the device (inferred)' : ours.actual;
}

function waiting(view: ConnectionView, what: string): string {
  const ended = endedByUsUs(view);
  return ended === undefined ? what : `${what} ${formatUs(nowUs() - ended)} after our FIN`;
}

function holdsAt(us: number, actual: string, means: Means[]): Judgement {
  return { standing: 'holds', actual, means, us, sinceUs: us };
}

function holdsIn(fact: StateFact, actual: string): Judgement {
  return { standing: 'holds', actual, means: [fact.means], us: fact.us, sinceUs: fact.sinceUs };
}
