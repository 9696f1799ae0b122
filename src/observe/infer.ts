import { msToUs } from '../history/clock.ts';
import type { EventFact, Fact, SocketState, StateFact } from '../history/facts.ts';

/** What our end of a connection says about the device's end, on a direct path (no proxy, no NAT). */
export interface DeviceInference {
  /**
   * The state that agrees with everything seen; where several do, the one that lasts. Undefined where our
   * end says too little.
   */
  state: SocketState | undefined;
  /**
   * Whether the device closed its sending side: true once its FIN or a reset arrived, false while our end
   * shows that neither has, undefined where it cannot show it.
   */
  closed: boolean | undefined;
  /** What it follows from, one sentence without the final stop. */
  from: string;
  /** Whether what `closed` says is proven, and not merely likely or soon to change. */
  sound: boolean;
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
  aborted: boolean;
  vanished: boolean;
  descriptorOpen: boolean;
  events: ReadonlyMap<EventFact['event'], EventFact>;
  atUs: number;
}

/**
 * Infers the device's end from the facts of one connection about our own end; what was observed at the
 * device is left out of account.
 * @param atUs the time for which it is asked, on the clock of the facts; the last fact's if absent
 */
export function inferDevice(facts: readonly Fact[], atUs = facts.at(-1)?.us ?? 0): DeviceInference {
  const end = gather(facts, atUs);
  return fromReset(end) ?? fromItsFin(end) ?? fromOurBreak(end) ?? fromItsEvent(end) ?? fromLastState(end);
}

function gather(facts: readonly Fact[], atUs: number): OurEnd {
  const states = facts.filter(
    (fact): fact is StateFact =>
      fact.kind === 'state' && fact.vantage === 'ncs' && fact.evidence === 'observed',
  );
  const acts = facts.filter((fact) => fact.kind === 'act');
  const events = new Map<EventFact['event'], EventFact>();
  for (const fact of facts)
    if (fact.kind === 'event' && !events.has(fact.event)) events.set(fact.event, fact);
  return {
    seen: new Set(states.map(({ state }) => state)),
    last: states.at(-1),
    finWait2: states.find(({ state }) => state === 'FIN_WAIT_2'),
    ourFinUs: acts.find(({ act }) => act === 'half-close' || act === 'close')?.us,
    aborted: acts.some(({ act }) => act === 'abort'),
    vanished: acts.some(({ act }) => act === 'vanish'),
    descriptorOpen: !events.has('closed') && !acts.some(({ act }) => act === 'close' || act === 'abort'),
    events,
    atUs,
  };
}

function fromReset({ events }: OurEnd): DeviceInference | undefined {
  if (events.has('refused')) {
    return { state: 'none', closed: undefined, from: 'the device refused the connection', sound: true };
  }
  if (!events.has('reset')) return undefined;
  return { state: 'none', closed: true, from: 'the device reset the connection', sound: true };
}

/** States that our end reaches only after the device's FIN. */
function fromItsFin(end: OurEnd): DeviceInference | undefined {
  const { seen, last } = end;
  const closed = (state: SocketState, from: string): DeviceInference => ({
    state,
    closed: true,
    from,
    sound: true,
  });
  if (seen.has('TIME_WAIT')) {
    const state = seen.has('CLOSING') ? 'TIME_WAIT' : 'none';
    return closed(state, "our end reached TIME_WAIT, so the device's FIN arrived and it acknowledged ours");
  }
  if (last?.state === 'CLOSING')
    return closed('CLOSING', 'our end is in CLOSING, so both ends sent a FIN at once');
  if (last?.state === 'CLOSE_WAIT') {
    return closed('FIN_WAIT_2', 'our end is in CLOSE_WAIT, so the device closed its sending side first');
  }
  if (last?.state === 'LAST_ACK') {
    return closed(
      'FIN_WAIT_2',
      'our end is in LAST_ACK, so the device closed first and has not acknowledged our FIN',
    );
  }
  if (last?.state !== 'none' || !(seen.has('LAST_ACK') || seen.has('CLOSE_WAIT'))) return undefined;
  if (end.ourFinUs === undefined || end.aborted) {
    return closed('none', 'the device closed first, and then the connection was reset');
  }
  return closed(
    'TIME_WAIT',
    'our end is gone after LAST_ACK, so the device closed first and acknowledged our FIN',
  );
}

/** Ends that we made without the device having a say. */
function fromOurBreak({ aborted, vanished }: OurEnd): DeviceInference | undefined {
  if (aborted) {
    return {
      state: 'none',
      closed: undefined,
      from: 'we reset the connection, which is never acknowledged',
      sound: false,
    };
  }
  if (!vanished) return undefined;
  return {
    state: 'ESTABLISHED',
    closed: undefined,
    from: 'our end vanished without a word to the device',
    sound: false,
  };
}

/** What our descriptor heard, where no state says more. */
function fromItsEvent({ events, ourFinUs, last }: OurEnd): DeviceInference | undefined {
  const fin = events.get('fin');
  if (fin) {
    const closed = (state: SocketState, from: string): DeviceInference => ({
      state,
      closed: true,
      from,
      sound: true,
    });
    if (ourFinUs !== undefined && fin.us >= ourFinUs)
      return closed('none', "the device's FIN came after ours");
    if (ourFinUs !== undefined) return closed('TIME_WAIT', "the device's FIN came before ours");
    if (last?.state === 'none')
      return closed('none', 'the device ended the connection and our socket is gone');
    return closed('FIN_WAIT_2', 'the device sent its FIN and we have not sent ours');
  }
  if (!events.has('timeout')) return undefined;
  return { state: undefined, closed: undefined, from: 'the device stopped answering', sound: false };
}

function fromLastState(end: OurEnd): DeviceInference {
  const likely = (
    state: SocketState | undefined,
    closed: boolean | undefined,
    from: string,
  ): DeviceInference => ({
    state,
    closed,
    from,
    sound: false,
  });
  switch (end.last?.state) {
    case 'SYN_SENT':
      return likely(undefined, undefined, 'the device has not answered our SYN');
    case 'SYN_RECV':
    case 'ESTABLISHED':
      if (end.ourFinUs !== undefined) return likely(undefined, false, 'our FIN has not left yet');
      return likely(
        'ESTABLISHED',
        false,
        "our end is ESTABLISHED, so the device's kernel completed the handshake",
      );
    case 'FIN_WAIT_1':
      return likely(undefined, false, 'the device has not acknowledged our FIN');
    case 'FIN_WAIT_2':
      return fromFinWait2(end, end.last);
    case 'none':
      return fromNone(end, end.last);
    default:
      return fromSilence(end);
  }
}

function fromFinWait2({ atUs }: OurEnd, last: StateFact): DeviceInference {
  const from = 'our end is in FIN_WAIT_2, so the device acknowledged our FIN and has not sent its own';
  return { state: 'CLOSE_WAIT', closed: false, from, sound: atUs - last.us >= STANDING_US };
}

function fromNone({ finWait2, descriptorOpen }: OurEnd, last: StateFact): DeviceInference {
  if (!finWait2) {
    return {
      state: undefined,
      closed: undefined,
      from: 'our socket is gone, which does not say why',
      sound: false,
    };
  }
  if (descriptorOpen) {
    const from =
      'our end left FIN_WAIT_2 with its descriptor open and without TIME_WAIT: only a reset does that';
    return { state: 'none', closed: true, from, sound: true };
  }
  if (last.sinceUs - finWait2.us >= ORPHAN_LIFE_US) {
    const from = 'our FIN_WAIT_2 expired without a FIN of the device';
    return { state: 'CLOSE_WAIT', closed: false, from, sound: false };
  }
  const from = 'our end left FIN_WAIT_2 unseen: by a reset, or by a TIME_WAIT that was skipped';
  return { state: undefined, closed: undefined, from, sound: false };
}

/** Neither a state nor an end of the stream: only what was sent counts. */
function fromSilence({ events, ourFinUs, descriptorOpen }: OurEnd): DeviceInference {
  if (ourFinUs !== undefined) {
    const closed = descriptorOpen ? false : undefined;
    return { state: undefined, closed, from: 'nothing came from the device since our FIN', sound: false };
  }
  if (events.has('connected') || events.has('accepted')) {
    return { state: 'ESTABLISHED', closed: undefined, from: 'the handshake was completed', sound: false };
  }
  return { state: undefined, closed: undefined, from: 'nothing is known of this connection', sound: false };
}
