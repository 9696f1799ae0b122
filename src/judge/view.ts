import type { Fact, MessageFact, StateFact, Vantage } from '../history/facts.ts';
import { isSocket, knownStates } from '../history/states.ts';

/** What one end of a connection looked like. */
export interface EndView {
  /** Whether an observer has seen this end alive in this test; without that, its absence proves nothing. */
  seenAlive: boolean;
  /** The last state observed, if any. */
  latest: StateFact | undefined;
  /** The states observed, in order. */
  states: readonly StateFact[];
  /** The states that soundly follow from the other end, in order; none once an observer has seen this end. */
  inferred: readonly StateFact[];
}

/** One connection's facts, arranged for judging. Times are microseconds on the history's clock. */
export interface ConnectionView {
  name: string;
  openedUs: number | undefined;
  /** Our own FIN, by half-close or by close. */
  ourFinUs: number | undefined;
  abortedUs: number | undefined;
  vanishedUs: number | undefined;
  /** When our descriptor was given up by a close. */
  closedUs: number | undefined;
  /** The end of the device's stream as our descriptor saw it. */
  deviceFinUs: number | undefined;
  /** A reset as our descriptor saw it. */
  resetUs: number | undefined;
  refused: boolean;
  /** Requests sent that had no answer when we ended the connection. */
  unansweredAtEnd: number;
  lastActUs: number;
  /** When we last took up reading again: until then the device's FIN could not be read. */
  resumedUs: number | undefined;
  /** Whether our descriptor is not read from now. */
  paused: boolean;
  receivedBytes: number;
  ncs: EndView;
  device: EndView;
}

function endView(facts: readonly StateFact[]): EndView {
  const states = facts.filter(({ evidence }) => evidence === 'observed');
  const inferred = knownStates(facts).filter(({ evidence }) => evidence === 'inferred');
  return { seenAlive: states.some(isSocket), latest: states.at(-1), states, inferred };
}

/** What an expectation about the states of one end goes by. */
export interface Answer {
  /** What was observed; what soundly follows, where nobody has seen this end. */
  states: readonly StateFact[];
  /** Whether the last of them is what stands, so that another state was not reached. */
  stands: boolean;
}

/**
 * What answers an expectation about the states of one end (rule 3 of the design). An end that has closed, as
 * is inferred, accuses nobody of a missing state: whether it is gone or in TIME_WAIT, our end does not show.
 */
export function answerOf({ seenAlive, states, inferred }: EndView): Answer {
  if (seenAlive) return { states, stands: true };
  return { states: inferred, stands: inferred.at(-1)?.state === 'CLOSE_WAIT' };
}

/** Arranges the facts of one connection. */
export function viewOf(name: string, facts: readonly Fact[]): ConnectionView {
  const states: Record<Vantage, StateFact[]> = { ncs: [], device: [] };
  const view = {
    name,
    openedUs: undefined,
    ourFinUs: undefined,
    abortedUs: undefined,
    vanishedUs: undefined,
    closedUs: undefined,
    deviceFinUs: undefined,
    resetUs: undefined,
    refused: false,
    unansweredAtEnd: 0,
    lastActUs: 0,
    resumedUs: undefined,
    paused: false,
    receivedBytes: 0,
  } as Omit<ConnectionView, 'ncs' | 'device'>;
  let asked = 0;
  for (const fact of facts) {
    if (fact.kind === 'state') states[fact.vantage].push(fact);
    else if (fact.kind === 'message') asked += weightOf(fact);
    else if (fact.kind === 'bytes' && fact.direction === 'received') view.receivedBytes += fact.count;
    else if (fact.kind === 'event') applyEvent(view, fact.event, fact.us);
    else if (fact.kind === 'act') {
      const ends = fact.act === 'half-close' || fact.act === 'close' || fact.act === 'abort';
      if (ends && view.ourFinUs === undefined && view.abortedUs === undefined) view.unansweredAtEnd = asked;
      applyAct(view, fact.act, fact.us);
    }
  }
  return { ...view, ncs: endView(states.ncs), device: endView(states.device) };
}

/** What a message adds to the number of requests that wait for an answer. */
function weightOf(fact: MessageFact): number {
  if (fact.direction === 'sent') return fact.incomplete ? 0 : 1;
  return fact.answers ? -1 : 0;
}

function applyEvent(view: Omit<ConnectionView, 'ncs' | 'device'>, event: string, us: number): void {
  if (event === 'connected' || event === 'accepted') view.openedUs ??= us;
  else if (event === 'fin') view.deviceFinUs ??= us;
  else if (event === 'reset') view.resetUs ??= us;
  else if (event === 'refused') view.refused = true;
}

function applyAct(view: Omit<ConnectionView, 'ncs' | 'device'>, act: string, us: number): void {
  view.lastActUs = us;
  if (act === 'pause-reading') view.paused = true;
  if (act === 'resume-reading') {
    view.paused = false;
    view.resumedUs = us;
  }
  if (act === 'half-close') view.ourFinUs ??= us;
  else if (act === 'abort') view.abortedUs ??= us;
  else if (act === 'vanish') view.vanishedUs ??= us;
  else if (act === 'close') {
    view.ourFinUs ??= us;
    view.closedUs ??= us;
  }
}

/**
 * Whether our descriptor is still to say how the device ended a connection: an end of the stream and a reset reach it
 * a little later than the kernel's tables show what they have done.
 */
export function awaitsWord(view: ConnectionView): boolean {
  const { deviceFinUs, resetUs, closedUs, abortedUs, vanishedUs, paused } = view;
  return !paused && [deviceFinUs, resetUs, closedUs, abortedUs, vanishedUs].every((us) => us === undefined);
}

/** From when the device's end can be held against it: our own, or when we took up reading again after it. */
export function releaseStartUs(view: ConnectionView): number | undefined {
  const endedUs = endedByUsUs(view);
  return endedUs === undefined ? undefined : Math.max(endedUs, view.resumedUs ?? endedUs);
}

/** When we ended the connection ourselves, by whatever means. */
export function endedByUsUs(view: ConnectionView): number | undefined {
  return view.abortedUs ?? view.vanishedUs ?? view.ourFinUs;
}

/**
 * Whether the device closed first, or at the same time: its FIN or reset came before ours, our end was the passive
 * one, or the TIME_WAIT stands at its end. A FIN that crosses ours reaches our descriptor after we have acted, so
 * the order of events alone does not tell.
 */
export function deviceWasFirst(view: ConnectionView): boolean {
  const deviceUs = Math.min(view.deviceFinUs ?? Infinity, view.resetUs ?? Infinity);
  if (deviceUs < (view.ourFinUs ?? Infinity)) return true;
  if (view.ncs.states.some(({ state }) => state === 'CLOSE_WAIT' || state === 'LAST_ACK')) return true;
  return view.device.states.some(({ state }) => state === 'TIME_WAIT');
}
