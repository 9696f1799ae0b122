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

const OPEN = [event(0, 'connected'), state(1, 'ESTABLISHED')];
const HALF_CLOSED = [...OPEN, act(10, 'half-close')];
const CLOSED = [...OPEN, act(10, 'close')];

interface Case {
  title: string;
  facts: Fact[];
  atUs?: number;
  state: SocketState | undefined;
  closed: boolean | undefined;
  sound: boolean;
  from: string;
}

const CASES: Case[] = [
  {
    title: 'nothing known',
    facts: [],
    state: undefined,
    closed: undefined,
    sound: false,
    from: 'nothing is known',
  },
  {
    title: 'a refusal',
    facts: [event(0, 'refused')],
    state: 'none',
    closed: undefined,
    sound: true,
    from: 'refused',
  },
  {
    title: 'SYN_SENT',
    facts: [state(0, 'SYN_SENT')],
    state: undefined,
    closed: undefined,
    sound: false,
    from: 'has not answered our SYN',
  },
  { title: 'ESTABLISHED', facts: OPEN, state: 'ESTABLISHED', closed: false, sound: false, from: 'handshake' },
  {
    title: 'a handshake without an observer',
    facts: [event(0, 'connected')],
    state: 'ESTABLISHED',
    closed: undefined,
    sound: false,
    from: 'handshake',
  },
  {
    title: 'FIN_WAIT_1',
    facts: [...HALF_CLOSED, state(20, 'FIN_WAIT_1')],
    state: undefined,
    closed: false,
    sound: false,
    from: 'has not acknowledged our FIN',
  },
  {
    title: 'a FIN_WAIT_2 that has just begun',
    facts: [...HALF_CLOSED, state(20, 'FIN_WAIT_2')],
    state: 'CLOSE_WAIT',
    closed: false,
    sound: false,
    from: 'FIN_WAIT_2',
  },
  {
    title: 'a FIN_WAIT_2 that stands',
    facts: [...HALF_CLOSED, state(20, 'FIN_WAIT_2')],
    atUs: 5_000 * MS,
    state: 'CLOSE_WAIT',
    closed: false,
    sound: true,
    from: 'FIN_WAIT_2',
  },
  {
    title: 'TIME_WAIT after our FIN',
    facts: [...CLOSED, state(20, 'FIN_WAIT_2'), state(30, 'TIME_WAIT')],
    state: 'none',
    closed: true,
    sound: true,
    from: 'TIME_WAIT',
  },
  {
    title: 'TIME_WAIT that has run out since',
    facts: [...CLOSED, state(20, 'TIME_WAIT'), state(60_000 * MS, 'none')],
    state: 'none',
    closed: true,
    sound: true,
    from: 'TIME_WAIT',
  },
  {
    title: 'a simultaneous close',
    facts: [...CLOSED, state(20, 'CLOSING'), state(30, 'TIME_WAIT')],
    state: 'TIME_WAIT',
    closed: true,
    sound: true,
    from: 'TIME_WAIT',
  },
  {
    title: 'CLOSING',
    facts: [...CLOSED, state(20, 'CLOSING')],
    state: 'CLOSING',
    closed: true,
    sound: true,
    from: 'CLOSING',
  },
  {
    title: 'CLOSE_WAIT here',
    facts: [...OPEN, event(5, 'fin'), state(6, 'CLOSE_WAIT')],
    state: 'FIN_WAIT_2',
    closed: true,
    sound: true,
    from: 'closed its sending side first',
  },
  {
    title: 'LAST_ACK here',
    facts: [...OPEN, state(6, 'CLOSE_WAIT'), act(10, 'close'), state(11, 'LAST_ACK')],
    state: 'FIN_WAIT_2',
    closed: true,
    sound: true,
    from: 'LAST_ACK',
  },
  {
    title: 'nothing here after the device closed first',
    facts: [...OPEN, state(6, 'CLOSE_WAIT'), act(10, 'close'), state(11, 'none')],
    state: 'TIME_WAIT',
    closed: true,
    sound: true,
    from: 'closed first and acknowledged our FIN',
  },
  {
    title: 'nothing here after the device closed first and we reset',
    facts: [...OPEN, state(6, 'CLOSE_WAIT'), act(10, 'abort'), state(11, 'none')],
    state: 'none',
    closed: true,
    sound: true,
    from: 'reset',
  },
  {
    title: 'a reset of the device',
    facts: [...HALF_CLOSED, event(20, 'reset')],
    state: 'none',
    closed: true,
    sound: true,
    from: 'the device reset',
  },
  {
    title: 'our own reset',
    facts: [...OPEN, act(10, 'abort'), state(11, 'none')],
    state: 'none',
    closed: undefined,
    sound: false,
    from: 'never acknowledged',
  },
  {
    title: 'our vanishing',
    facts: [...OPEN, act(10, 'vanish'), state(11, 'none')],
    state: 'ESTABLISHED',
    closed: undefined,
    sound: false,
    from: 'vanished',
  },
  {
    title: "the device's FIN after ours, without an observer",
    facts: [event(0, 'connected'), act(10, 'half-close'), event(20, 'fin')],
    state: 'none',
    closed: true,
    sound: true,
    from: 'after ours',
  },
  {
    title: "the device's FIN before ours, without an observer",
    facts: [event(0, 'connected'), event(5, 'fin'), act(10, 'close')],
    state: 'TIME_WAIT',
    closed: true,
    sound: true,
    from: 'before ours',
  },
  {
    title: "the device's FIN alone",
    facts: [event(0, 'connected'), event(5, 'fin')],
    state: 'FIN_WAIT_2',
    closed: true,
    sound: true,
    from: 'we have not sent ours',
  },
  {
    title: 'a reset that our descriptor took for an end',
    facts: [...OPEN, event(5, 'fin'), state(6, 'none')],
    state: 'none',
    closed: true,
    sound: true,
    from: 'our socket is gone',
  },
  {
    title: 'a time-out',
    facts: [...OPEN, event(5, 'timeout'), state(6, 'none')],
    state: undefined,
    closed: undefined,
    sound: false,
    from: 'stopped answering',
  },
  {
    title: 'nothing after our half-close, without an observer',
    facts: [event(0, 'connected'), act(10, 'half-close')],
    state: undefined,
    closed: false,
    sound: false,
    from: 'since our FIN',
  },
  {
    title: 'nothing after our close, without an observer',
    facts: [event(0, 'connected'), act(10, 'close'), event(11, 'closed')],
    state: undefined,
    closed: undefined,
    sound: false,
    from: 'since our FIN',
  },
  {
    title: 'a FIN_WAIT_2 that ended while our descriptor was open',
    facts: [...HALF_CLOSED, state(20, 'FIN_WAIT_2'), state(30 * MS, 'none')],
    state: 'none',
    closed: true,
    sound: true,
    from: 'with its descriptor open',
  },
  {
    title: 'an orphaned FIN_WAIT_2 that expired',
    facts: [...CLOSED, state(20, 'FIN_WAIT_2'), state(60_500 * MS, 'none')],
    state: 'CLOSE_WAIT',
    closed: false,
    sound: false,
    from: 'expired',
  },
  {
    title: 'an orphaned FIN_WAIT_2 that ended early',
    facts: [...CLOSED, state(20, 'FIN_WAIT_2'), state(3_000 * MS, 'none')],
    state: undefined,
    closed: undefined,
    sound: false,
    from: 'by a reset, or by a TIME_WAIT that was skipped',
  },
  {
    title: 'a socket that is gone for no visible reason',
    facts: [...CLOSED, state(20, 'none')],
    state: undefined,
    closed: undefined,
    sound: false,
    from: 'does not say why',
  },
];

describe("inference of the device's end from ours", () => {
  for (const { title, facts, atUs, from, ...expected } of CASES) {
    it(`from ${title}`, () => {
      const inference = inferDevice(facts, atUs);
      expect(inference).to.include(expected);
      expect(inference.from).to.contain(from);
    });
  }

  it('leaves out what was observed at the device or is inferred itself', () => {
    const atDevice = state(20, 'TIME_WAIT', { vantage: 'device' });
    const inferred = { ...state(20, 'TIME_WAIT'), evidence: 'inferred' } as Fact;
    expect(inferDevice([...OPEN, atDevice, inferred]).state).to.equal('ESTABLISHED');
  });
});
