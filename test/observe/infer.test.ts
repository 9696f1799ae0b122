import { expect } from 'chai';
import type { ActFact, EventFact, Fact, SocketState } from '../../src/history/facts.ts';
import { inferDevice } from '../../src/observe/infer.ts';

const MS = 1_000;

const act = (us: number, name: ActFact['act']): Fact => ({ kind: 'act', us, connection: 'c', act: name });
const event = (us: number, name: EventFact['event']): Fact => ({
  kind: 'event',
  us,
  connection: 'c',
  event: name,
});
const state = (
  us: number,
  name: SocketState,
  more: { sinceUs?: number; vantage?: 'ncs' | 'device' } = {},
): Fact => ({
  kind: 'state',
  us,
  connection: 'c',
  vantage: 'ncs',
  state: name,
  means: 'sock_diag',
  evidence: 'observed',
  sinceUs: us - 5 * MS,
  ...more,
});

const sent = (us: number): Fact => ({ kind: 'bytes', us, connection: 'c', direction: 'sent', count: 100 });

const OPEN = [event(0, 'connected'), state(1, 'ESTABLISHED')];
const HALF_CLOSED = [...OPEN, act(10, 'half-close')];
const CLOSED_FIRST = [...OPEN, sent(2), event(5, 'fin'), state(6, 'CLOSE_WAIT')];
const CLOSED = [...OPEN, act(10, 'close')];

interface Case {
  title: string;
  facts: Fact[];
  atUs?: number;
  state: SocketState | undefined;
  sound: boolean;
  from: string;
}

const CASES: Case[] = [
  {
    title: 'nothing known',
    facts: [],
    state: undefined,
    sound: false,
    from: 'nothing',
  },
  {
    title: 'a refusal',
    facts: [event(0, 'refused')],
    state: 'none',
    sound: true,
    from: 'its refusal',
  },
  {
    title: 'SYN_SENT',
    facts: [state(0, 'SYN_SENT')],
    state: undefined,
    sound: false,
    from: 'SYN_SENT here',
  },
  { title: 'ESTABLISHED', facts: OPEN, state: 'ESTABLISHED', sound: false, from: 'ESTABLISHED here' },
  {
    title: 'a handshake without an observer',
    facts: [event(0, 'connected')],
    state: 'ESTABLISHED',
    sound: false,
    from: 'the handshake',
  },
  {
    title: 'FIN_WAIT_1',
    facts: [...HALF_CLOSED, state(20, 'FIN_WAIT_1')],
    state: undefined,
    sound: false,
    from: 'FIN_WAIT_1 here',
  },
  {
    title: 'a FIN_WAIT_2 that has just begun',
    facts: [...HALF_CLOSED, state(20, 'FIN_WAIT_2')],
    state: 'CLOSE_WAIT',
    sound: false,
    from: 'FIN_WAIT_2 here',
  },
  {
    title: 'a FIN_WAIT_2 that stands',
    facts: [...HALF_CLOSED, state(20, 'FIN_WAIT_2')],
    atUs: 5_000 * MS,
    state: 'CLOSE_WAIT',
    sound: true,
    from: 'FIN_WAIT_2 here',
  },
  {
    title: 'TIME_WAIT after our FIN',
    facts: [...CLOSED, state(20, 'FIN_WAIT_2'), state(30, 'TIME_WAIT')],
    state: 'none',
    sound: true,
    from: 'TIME_WAIT here',
  },
  {
    title: 'TIME_WAIT that has run out since',
    facts: [...CLOSED, state(20, 'TIME_WAIT'), state(60_000 * MS, 'none')],
    state: 'none',
    sound: true,
    from: 'TIME_WAIT here',
  },
  {
    title: 'a simultaneous close',
    facts: [...CLOSED, state(20, 'CLOSING'), state(30, 'TIME_WAIT')],
    state: 'TIME_WAIT',
    sound: true,
    from: 'TIME_WAIT here',
  },
  {
    title: 'CLOSING',
    facts: [...CLOSED, state(20, 'CLOSING')],
    state: 'CLOSING',
    sound: false,
    from: 'CLOSING here',
  },
  {
    title: 'CLOSE_WAIT here',
    facts: CLOSED_FIRST,
    state: 'FIN_WAIT_2',
    sound: true,
    from: 'CLOSE_WAIT here',
  },
  {
    title: 'LAST_ACK',
    facts: [...OPEN, state(6, 'CLOSE_WAIT'), act(10, 'close'), state(11, 'LAST_ACK')],
    state: 'FIN_WAIT_2',
    sound: false,
    from: 'LAST_ACK here',
  },
  {
    title: 'nothing here after the device closed first',
    facts: [...CLOSED_FIRST, act(10, 'close'), state(11, 'none')],
    state: 'TIME_WAIT',
    sound: true,
    from: 'no socket here after LAST_ACK',
  },
  {
    title: 'nothing here after the device closed first and was sent bytes',
    facts: [...CLOSED_FIRST, sent(8), act(10, 'close'), state(11, 'none')],
    state: 'TIME_WAIT',
    sound: false,
    from: 'no socket here after LAST_ACK',
  },
  {
    title: 'nothing here after a close that came a minute after the device closed first',
    facts: [...CLOSED_FIRST, act(61_000 * MS, 'close'), state(61_001 * MS, 'none')],
    state: 'TIME_WAIT',
    sound: false,
    from: 'no socket here after LAST_ACK',
  },
  {
    title: 'nothing here after the device closed first, before we closed',
    facts: [...CLOSED_FIRST, state(11, 'none')],
    state: 'none',
    sound: true,
    from: 'no socket here before our FIN',
  },
  {
    title: 'nothing here after the device closed first and we reset',
    facts: [...OPEN, state(6, 'CLOSE_WAIT'), act(10, 'abort'), state(11, 'none')],
    state: 'none',
    sound: false,
    from: 'our reset after its FIN',
  },
  {
    title: 'a reset of the device',
    facts: [...HALF_CLOSED, event(20, 'reset')],
    state: 'none',
    sound: true,
    from: 'its reset',
  },
  {
    title: 'our own reset',
    facts: [...OPEN, act(10, 'abort'), state(11, 'none')],
    state: 'none',
    sound: false,
    from: 'our reset',
  },
  {
    title: 'our vanishing',
    facts: [...OPEN, act(10, 'vanish'), state(11, 'none')],
    state: 'ESTABLISHED',
    sound: false,
    from: 'our vanishing',
  },
  {
    title: "the device's FIN after ours, without an observer",
    facts: [event(0, 'connected'), act(10, 'half-close'), event(20, 'fin')],
    state: 'none',
    sound: true,
    from: 'its FIN after ours',
  },
  {
    title: "the device's FIN before ours, without an observer",
    facts: [event(0, 'connected'), event(5, 'fin'), act(10, 'close')],
    state: 'TIME_WAIT',
    sound: false,
    from: 'its FIN before ours',
  },
  {
    title: "the device's FIN alone",
    facts: [event(0, 'connected'), event(5, 'fin')],
    state: 'FIN_WAIT_2',
    sound: false,
    from: 'its FIN',
  },
  {
    title: 'a reset that our descriptor took for an end',
    facts: [...OPEN, event(5, 'fin'), state(6, 'none')],
    state: 'none',
    sound: true,
    from: 'no socket here before our FIN',
  },
  {
    title: 'a time-out',
    facts: [...OPEN, event(5, 'timeout'), state(6, 'none')],
    state: undefined,
    sound: false,
    from: 'its silence',
  },
  {
    title: 'nothing after our half-close, without an observer',
    facts: [event(0, 'connected'), act(10, 'half-close')],
    state: undefined,
    sound: false,
    from: 'nothing since our FIN',
  },
  {
    title: 'nothing after our close, without an observer',
    facts: [event(0, 'connected'), act(10, 'close'), event(11, 'closed')],
    state: undefined,
    sound: false,
    from: 'nothing since our FIN',
  },
  {
    title: 'a FIN_WAIT_2 that ended while our descriptor was open',
    facts: [...HALF_CLOSED, state(20, 'FIN_WAIT_2'), state(30 * MS, 'none')],
    state: 'none',
    sound: true,
    from: 'no socket here after FIN_WAIT_2',
  },
  {
    title: 'an orphaned FIN_WAIT_2 that expired',
    facts: [...CLOSED, state(20, 'FIN_WAIT_2'), state(60_500 * MS, 'none')],
    state: 'CLOSE_WAIT',
    sound: false,
    from: 'FIN_WAIT_2 that expired here',
  },
  {
    title: 'an orphaned FIN_WAIT_2 that ended early',
    facts: [...CLOSED, state(20, 'FIN_WAIT_2'), state(3_000 * MS, 'none')],
    state: undefined,
    sound: false,
    from: 'no socket here after FIN_WAIT_2',
  },
  {
    title: 'a socket that is gone for no visible reason',
    facts: [...CLOSED, state(20, 'none')],
    state: undefined,
    sound: false,
    from: 'no socket here',
  },
];

describe("inference of the device's end from ours", () => {
  for (const { title, facts, atUs, from, ...expected } of CASES) {
    it(`from ${title}`, () => {
      const inference = inferDevice(facts, atUs);
      expect(inference).to.include({ ...expected, from });
    });
  }

  it('says when a FIN_WAIT_2 will stand, and from when on the device may have been in CLOSE_WAIT', () => {
    const facts = [...HALF_CLOSED, state(20 * MS, 'FIN_WAIT_2')];
    const young = inferDevice(facts);
    expect(young).to.include({ sound: false, soundAtUs: 520 * MS });
    expect(inferDevice(facts, 519 * MS).sound).to.equal(false);
    expect(inferDevice(facts, young.soundAtUs)).to.include({ sound: true, sinceUs: 15 * MS });
  });

  it('leaves out what was observed at the device or is inferred itself', () => {
    const atDevice = state(20, 'TIME_WAIT', { vantage: 'device' });
    const inferred = { ...state(20, 'TIME_WAIT'), evidence: 'inferred' } as Fact;
    expect(inferDevice([...OPEN, atDevice, inferred]).state).to.equal('ESTABLISHED');
  });
});
