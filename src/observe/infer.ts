import { msToUs } from '../history/clock.ts';
import type { EventFact, Fact, SocketState, StateFact } from '../history/facts.ts';

/** What our end of a connection says about the device's end, on a direct path (no proxy, no NAT). */
export interface DeviceInference {
  /**
   * The state that agrees with everything seen; where several do, the one that lasts. Undefined where our
   * end says too little.
   */
  state: SocketState | undefined;
  /** What it follows from, in a few words: `FIN_WAIT_2 here`. */
  from: string;
  /** Whether our end leaves no other state that lasts, rather than making this one likely. */
  sound: boolean;
  /** When it becomes sound if our end is still seen as it is, in microseconds; absent where time adds nothing. */
  soundAtUs?: number;
  /** When the device's end may have come to be so at the earliest, in microseconds; absent where it is not sound. */
  sinceUs?: number;
}

/** An unanswered FIN_WAIT_2 is taken for standing after this: a FIN in flight, sent twice, has come by then. */
const STANDING_US = msToUs(500);

/** Linux drops an orphan in FIN_WAIT_2 after about 60 s. */
const ORPHAN_LIFE_US = msToUs(50_000);

/** The facts of a connection that count: what our end did, heard and was. */
interface OurEnd {
  seen: ReadonlySet<SocketState>;
  last: StateFact | undefined;
  finWait2: StateFact | undefined;
  /** When we sent our FIN. */
  ourFinUs: number | undefined;
  /** When we first knew of the device's FIN, as far as it came before ours. */
  itsFinUs: number | undefined;
  /** When we last sent bytes. */
  sentUs: number;
  aborted: boolean;
  vanished: boolean;
  descriptorOpen: boolean;
  events: ReadonlyMap<EventFact['event'], EventFact>;
  seenUntilUs: number;
}

/**
 * Infers the device's end from the facts of one connection about our own end, by the rules of RFC 9293 section
 * 3.6; what was observed at the device is left out of account.
 * @param seenUntilUs until when our end was looked at without a change, on the clock of the facts; the last fact's
 *   time if absent
 */
export function inferDevice(facts: readonly Fact[], seenUntilUs = facts.at(-1)?.us ?? 0): DeviceInference {
  const end = gather(facts, seenUntilUs);
  return fromReset(end) ?? fromItsFin(end) ?? fromOurBreak(end) ?? fromItsEvent(end) ?? fromLastState(end);
}

function gather(facts: readonly Fact[], seenUntilUs: number): OurEnd {
  const states = facts.filter(
    (fact): fact is StateFact =>
      fact.kind === 'state' && fact.vantage === 'ncs' && fact.evidence === 'observed',
  );
  const acts = facts.filter((fact) => fact.kind === 'act');
  const events = new Map<EventFact['event'], EventFact>();
  for (const fact of facts)
    if (fact.kind === 'event' && !events.has(fact.event)) events.set(fact.event, fact);
  const passive = states.find(({ state }) => state === 'CLOSE_WAIT' || state === 'LAST_ACK');
  return {
    seen: new Set(states.map(({ state }) => state)),
    last: states.at(-1),
    finWait2: states.find(({ state }) => state === 'FIN_WAIT_2'),
    ourFinUs: acts.find(({ act }) => act === 'half-close' || act === 'close')?.us,
    itsFinUs: passive && Math.min(passive.us, events.get('fin')?.us ?? Infinity),
    sentUs: facts.findLast((fact) => fact.kind === 'bytes' && fact.direction === 'sent')?.us ?? -Infinity,
    aborted: acts.some(({ act }) => act === 'abort'),
    vanished: acts.some(({ act }) => act === 'vanish'),
    descriptorOpen: !events.has('closed') && !acts.some(({ act }) => act === 'close' || act === 'abort'),
    events,
    seenUntilUs,
  };
}

function sound(state: SocketState, from: string, sinceUs: number): DeviceInference {
  return { state, from, sound: true, sinceUs };
}

function likely(state: SocketState | undefined, from: string): DeviceInference {
  return { state, from, sound: false };
}

function fromReset({ events }: OurEnd): DeviceInference | undefined {
  const refused = events.get('refused');
  if (refused) return sound('none', 'its refusal', refused.us);
  const reset = events.get('reset');
  return reset && sound('none', 'its reset', reset.us);
}

/** States that our end reaches only after the device's FIN. */
function fromItsFin(end: OurEnd): DeviceInference | undefined {
  const { seen, last } = end;
  if (!last) return undefined;
  if (seen.has('TIME_WAIT')) {
    return sound(seen.has('CLOSING') ? 'TIME_WAIT' : 'none', 'TIME_WAIT here', last.sinceUs);
  }
  // Both ends sent a FIN at once, and ours is not acknowledged: the device may not have it yet.
  if (last.state === 'CLOSING') return likely('CLOSING', 'CLOSING here');
  if (end.itsFinUs === undefined) return undefined;
  // A reset is never acknowledged.
  if (end.aborted) return likely('none', 'our reset after its FIN');
  if (last.state === 'CLOSE_WAIT') return sound('FIN_WAIT_2', 'CLOSE_WAIT here', last.sinceUs);
  // Our FIN is not acknowledged, but the acknowledgement may be on its way.
  if (last.state === 'LAST_ACK') return likely('FIN_WAIT_2', 'LAST_ACK here');
  return last.state === 'none' ? fromPassiveClose(end, last, end.itsFinUs) : undefined;
}

/** Our end is gone after the device closed first: by the acknowledgement of our FIN, or by a reset. */
function fromPassiveClose(end: OurEnd, last: StateFact, itsFinUs: number): DeviceInference {
  const { ourFinUs, sentUs } = end;
  if (ourFinUs === undefined) return sound('none', 'no socket here before our FIN', last.sinceUs);
  // An end that no longer reads answers bytes with a reset, and one that has expired answers a FIN with it.
  const isHeard = sentUs <= itsFinUs && ourFinUs - itsFinUs < ORPHAN_LIFE_US;
  if (!isHeard) return likely('TIME_WAIT', 'no socket here after LAST_ACK');
  return sound('TIME_WAIT', 'no socket here after LAST_ACK', last.sinceUs);
}

/** Ends that we made without the device having a say. */
function fromOurBreak({ aborted, vanished }: OurEnd): DeviceInference | undefined {
  if (aborted) return likely('none', 'our reset');
  return vanished ? likely('ESTABLISHED', 'our vanishing') : undefined;
}

/** What our descriptor heard, where no state says more. */
function fromItsEvent({ events, ourFinUs, last }: OurEnd): DeviceInference | undefined {
  const fin = events.get('fin');
  if (fin) {
    if (ourFinUs !== undefined && fin.us >= ourFinUs) return sound('none', 'its FIN after ours', ourFinUs);
    // A reset right behind data may be reported as an end of the stream, so the event alone is no proof of a FIN.
    if (ourFinUs !== undefined) return likely('TIME_WAIT', 'its FIN before ours');
    if (last?.state === 'none') return sound('none', 'no socket here before our FIN', last.sinceUs);
    return likely('FIN_WAIT_2', 'its FIN');
  }
  return events.has('timeout') ? likely(undefined, 'its silence') : undefined;
}

function fromLastState(end: OurEnd): DeviceInference {
  switch (end.last?.state) {
    case 'SYN_SENT':
      return likely(undefined, 'SYN_SENT here');
    case 'SYN_RECV':
    case 'ESTABLISHED':
      // Where we have closed, the device may have our FIN before our kernel is looked at again.
      return likely(end.ourFinUs === undefined ? 'ESTABLISHED' : undefined, `${end.last.state} here`);
    case 'FIN_WAIT_1':
      return likely(undefined, 'FIN_WAIT_1 here');
    case 'FIN_WAIT_2':
      return fromFinWait2(end, end.last);
    case 'none':
      return fromNone(end, end.last);
    default:
      return fromSilence(end);
  }
}

/** The device's kernel acknowledged our FIN and has not sent one: its application has not closed. */
function fromFinWait2({ seenUntilUs }: OurEnd, { us, sinceUs }: StateFact): DeviceInference {
  const soundAtUs = us + STANDING_US;
  const from = 'FIN_WAIT_2 here';
  if (seenUntilUs < soundAtUs) return { ...likely('CLOSE_WAIT', from), soundAtUs };
  return sound('CLOSE_WAIT', from, sinceUs);
}

function fromNone({ finWait2, descriptorOpen }: OurEnd, last: StateFact): DeviceInference {
  if (!finWait2) return likely(undefined, 'no socket here');
  // With the descriptor open no timer ends FIN_WAIT_2, and a FIN leads to TIME_WAIT: only a reset does this.
  if (descriptorOpen) return sound('none', 'no socket here after FIN_WAIT_2', last.sinceUs);
  const expired = last.sinceUs - finWait2.us >= ORPHAN_LIFE_US;
  // Earlier than that it was a reset, a TIME_WAIT that was skipped, or a kernel that is short of room.
  return expired
    ? likely('CLOSE_WAIT', 'FIN_WAIT_2 that expired here')
    : likely(undefined, 'no socket here after FIN_WAIT_2');
}

/** Neither a state nor an end of the stream. */
function fromSilence({ events, ourFinUs }: OurEnd): DeviceInference {
  if (ourFinUs !== undefined) return likely(undefined, 'nothing since our FIN');
  const isOpen = events.has('connected') || events.has('accepted');
  return isOpen ? likely('ESTABLISHED', 'the handshake') : likely(undefined, 'nothing');
}
