import { expect } from 'chai';
import type { Fact, SocketState, StateFact } from '../../src/history/facts.ts';
import { judgeState } from '../../src/judge/predicates.ts';
import { answerOf, viewOf, type ConnectionView } from '../../src/judge/view.ts';

const FROM: Partial<Record<SocketState, string>> = {
  CLOSE_WAIT: 'FIN_WAIT_2 here',
  none: 'TIME_WAIT here',
  UNKNOWN: 'our reset',
};

const device = (us: number, state: SocketState): StateFact => ({
  kind: 'state',
  us,
  sinceUs: us - 5,
  connection: 'c',
  vantage: 'device',
  state,
  means: 'sock_diag',
  evidence: 'observed',
});

const inferred = (us: number, state: SocketState): StateFact => ({
  ...device(us, state),
  means: 'inference',
  evidence: 'inferred',
  from: FROM[state] ?? 'CLOSE_WAIT here',
});

const view = (...facts: Fact[]): ConnectionView => viewOf('c', facts);
const standing = (states: SocketState[], ...facts: Fact[]): string =>
  judgeState(view(...facts), states, 'device').standing;

describe("the device's end of a connection, observed and inferred", () => {
  it('keeps what was inferred apart from what was observed', () => {
    const { device: end } = view(inferred(10, 'CLOSE_WAIT'));
    expect(end).to.deep.include({ seenAlive: false, latest: undefined, states: [] });
    expect(end.inferred.map(({ state }) => state)).to.deep.equal(['CLOSE_WAIT']);
  });

  it('goes by observation as soon as there is any, whether it confirms or contradicts', () => {
    const { device: end } = view(inferred(10, 'CLOSE_WAIT'), device(20, 'ESTABLISHED'), device(30, 'none'));
    expect(end.inferred).to.deep.equal([]);
    expect(end.states.map(({ state }) => state)).to.deep.equal(['ESTABLISHED', 'none']);
    expect(answerOf(end)).to.deep.equal({ states: end.states, stands: true });
  });

  it('answers an expectation about its state, and says that it was inferred and from what', () => {
    const judgement = judgeState(view(inferred(10, 'CLOSE_WAIT')), ['CLOSE_WAIT'], 'device');
    expect(judgement).to.deep.include({
      standing: 'holds',
      actual: 'CLOSE_WAIT at the device (inferred from FIN_WAIT_2 here)',
      means: ['inference'],
    });
  });

  it('has not reached another state while CLOSE_WAIT stands', () => {
    expect(standing(['none', 'TIME_WAIT'], inferred(10, 'CLOSE_WAIT'))).to.equal('pending');
  });

  it('accuses nobody of a state that our end cannot tell from another', () => {
    expect(standing(['TIME_WAIT'], inferred(10, 'none'))).to.equal('unobservable');
    expect(standing(['none'], inferred(10, 'CLOSE_WAIT'), inferred(20, 'UNKNOWN'))).to.equal('unobservable');
  });

  it('is not observable where nothing follows', () => {
    expect(standing(['CLOSE_WAIT'])).to.equal('unobservable');
  });
});
