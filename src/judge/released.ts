import { nowUs } from '../history/clock.ts';
import type { Means, StateFact } from '../history/facts.ts';
import { measured, type Particulars } from '../history/symptoms.ts';
import type { Holding, Judgement, Opposing } from './judgement.ts';
import { awaitsWord, deviceWasFirst, endedByUsUs, type ConnectionView } from './view.ts';

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
    const open = against(view, [], { quote: 'the NCS has not closed it' });
    return { ...open, undecided: 'the device owes no release before that' };
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
  if ('symptom' in ours) {
    if (ours.standing === 'refuted') return ours;
    return 'symptom' in theirs ? bothOpposing(ours, theirs, means) : { ...ours, means };
  }
  if (theirs.standing !== 'holds') return { ...theirs, means };
  return {
    standing: 'holds',
    actual: `${ours.actual}, ${theirs.actual}`,
    means,
    us: Math.max(ours.us ?? 0, theirs.us ?? 0),
    sinceUs: Math.max(ours.sinceUs ?? 0, theirs.sinceUs ?? 0),
    ...(ours.absence && { absence: true }),
  };
}

/** Neither end has let go: one symptom with the states of both. */
function bothOpposing(ours: Opposing, theirs: Opposing, means: Means[]): Opposing {
  const states = { ...ours.symptom.states, ...theirs.symptom.states };
  const { undecided } = theirs;
  return {
    standing: 'pending',
    symptom: { ...theirs.symptom, states },
    means,
    ...(undecided !== undefined && { undecided }),
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
  return against(view, ['descriptor'], {});
}

function judgeOurState(view: ConnectionView, latest: StateFact, endedUs: number): Judgement {
  if (latest.state === 'TIME_WAIT') return holdsIn(latest, 'TIME_WAIT here');
  if (latest.state !== 'none') {
    const told = against(view, [latest.means], { states: { ncs: latest.state } });
    const isUnheard = latest.state === 'FIN_WAIT_1' && !view.device.seenAlive;
    return { ...told, ...(isUnheard && { undecided: UNHEARD }) };
  }
  if (deviceWasFirst(view)) return holdsIn(latest, 'no socket here after LAST_ACK');
  if (view.deviceFinUs !== undefined) return holdsIn(latest, 'no socket here after its FIN');
  if (awaitsWord(view)) {
    const told = against(view, [latest.means], { states: { ncs: 'none' } });
    return {
      ...told,
      undecided: 'our socket is gone, and nothing said whether a FIN or a reset has ended it',
    };
  }
  if (latest.sinceUs - endedUs < ORPHAN_TIMEOUT_US) {
    return { ...holdsIn(latest, 'no socket here after a reset'), absence: true };
  }
  const expired = { states: { ncs: 'FIN_WAIT_2' as const }, quote: 'our end expired in FIN_WAIT_2' };
  return {
    standing: 'refuted',
    symptom: measured('never-closed', { afterUs: latest.us - endedUs }, expired),
    means: [latest.means],
  };
}

function judgeDeviceEnd(view: ConnectionView, ours: Judgement, proxied: boolean): Judgement {
  const { latest, seenAlive } = view.device;
  if (latest && seenAlive) {
    if (latest.state === 'none') return holdsIn(latest, 'no socket at the device');
    if (latest.state === 'TIME_WAIT') return holdsIn(latest, 'TIME_WAIT at the device');
    const code = wasAccepted(view) ? 'never-closed' : 'never-accepted';
    return against(view, [latest.means], { states: { device: latest.state } }, code);
  }
  if (proxied || view.abortedUs !== undefined || view.vanishedUs !== undefined) {
    return { standing: 'unobservable', actual: "nothing here sees the device's end", means: [] };
  }
  if (ours.standing === 'holds') {
    return { ...ours, actual: `so the device has closed (inferred)`, means: ['inference'] };
  }
  if (ours.standing !== 'pending') return { ...ours, means: [] };
  return inferredPending(view, ours);
}

/** Whether the device's application has ever taken the connection from its kernel, as far as that can be seen. */
function wasAccepted({ device }: ConnectionView): boolean {
  return device.states.some(({ state, inode }) => state !== 'none' && inode !== 0);
}

/** What our end shows while it waits says where the device stands. */
function inferredPending(view: ConnectionView, ours: Opposing): Opposing {
  const told: Opposing = { ...ours, means: ['inference'] };
  if (view.ncs.latest?.state !== 'FIN_WAIT_2') return told;
  return {
    ...told,
    symptom: { ...ours.symptom, states: { ncs: 'FIN_WAIT_2', device: 'CLOSE_WAIT' }, inferred: true },
  };
}

/** The release has not come about so long after our FIN. */
function against(
  view: ConnectionView,
  means: Means[],
  particulars: Particulars,
  code: 'never-closed' | 'never-accepted' = 'never-closed',
): Opposing {
  const endedUs = endedByUsUs(view);
  const afterUs = endedUs === undefined ? 0 : nowUs() - endedUs;
  return { standing: 'pending', symptom: measured(code, { afterUs }, particulars), means };
}

function holdsAt(us: number, actual: string, means: Means[]): Holding {
  return { standing: 'holds', actual, means, us, sinceUs: us };
}

function holdsIn(fact: StateFact, actual: string): Holding {
  return { standing: 'holds', actual, means: [fact.means], us: fact.us, sinceUs: fact.sinceUs };
}
