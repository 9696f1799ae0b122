import { expect } from 'chai';
import { AssertionError } from 'chai';
import { msToUs } from '../../src/history/clock.ts';
import { ExpectationError, type Subject } from '../../src/judge/chai.ts';
import { foldAssertions } from '../../src/judge/lattice.ts';
import type { AssertionResult } from '../../src/results/results.ts';
import { toldBy } from '../../src/judge/concluded.ts';
import { settle } from '../../src/judge/settle.ts';
import { tell, type Line } from './facts.ts';

function subject(lines: Line[], endedMsAgo = 0): Subject {
  return { names: ['c'], history: tell(lines, endedMsAgo), releaseMs: 5_000 };
}

const RELEASED: Line[] = [
  [0, 'connected'],
  [0, 'ncs', 'ESTABLISHED'],
  [1, 'close'],
  [2, 'ncs', 'TIME_WAIT'],
];

async function failureOf(promise: Promise<unknown>): Promise<ExpectationError> {
  try {
    await promise;
  } catch (error) {
    expect(error).to.be.instanceOf(ExpectationError);
    return error as ExpectationError;
  }
  throw new AssertionError('the expectation passed');
}

describe('expectations', () => {
  it('read as sentences and hold over the history', async () => {
    expect((await expect(subject(RELEASED)).to.reach('TIME_WAIT').within(1_000)).outcome).to.equal('pass');
    expect((await expect(subject(RELEASED)).to.be.released('both').within(1_000)).outcome).to.equal('pass');
    expect((await expect(subject(RELEASED)).to.have.outcome('clean').within(1_000)).outcome).to.equal('pass');
  });

  it('leave the numbers of chai alone', () => {
    expect(5).to.be.within(4, 6);
    expect(() => expect(5).to.be.within(6, 7)).to.throw(AssertionError);
  });

  it('say what is the case instead', async () => {
    const stuck: Line[] = [
      [0, 'connected'],
      [0, 'ncs', 'ESTABLISHED'],
      [1, 'close'],
      [2, 'ncs', 'FIN_WAIT_2'],
    ];
    const error = await failureOf(expect(subject(stuck, 200)).to.be.released('both').within(100));
    expect(error.concluded.outcome).to.equal('fail');
    expect(error.message).to.match(/FIN_WAIT_2 here .* CLOSE_WAIT at the device \(inferred\)/);
  });

  it('are not observable where no means can decide them', async () => {
    const blind: Line[] = [
      [0, 'connected'],
      [1, 'close'],
    ];
    const error = await failureOf(expect(subject(blind)).to.be.released('both').within(20));
    expect(error.concluded.outcome).to.equal('not observable');
  });

  it('count the time from when we took up reading again: until then nobody could read the FIN of the device', async () => {
    const paused: Line[] = [
      [0, 'connected'],
      [0, 'ncs', 'ESTABLISHED'],
      [1, 'half-close'],
      [900, 'resume-reading'],
      [950, 'ncs', 'TIME_WAIT'],
    ];
    const concluded = await expect(subject(paused)).to.be.released('both').within(500);
    expect(concluded.outcome).to.equal('pass');
    expect((await expect(subject(paused)).to.have.outcome('clean').within(500)).outcome).to.equal('pass');
  });

  it('notice a connection that does not stay open', async () => {
    const closed: Line[] = [
      [0, 'connected'],
      [5, 'fin'],
    ];
    const error = await failureOf(expect(subject(closed)).stayOpen(1_000));
    expect(error.message).to.contain('the device closed it');
  });

  it('say what came where it came late', async () => {
    const late: Line[] = [
      [0, 'connected'],
      [0, 'ncs', 'ESTABLISHED'],
      [1, 'close'],
      [2_001, 'ncs', 'TIME_WAIT'],
    ];
    const { concluded } = await failureOf(expect(subject(late)).to.be.released('ncs').within(1_000));
    expect(concluded).to.include({ outcome: 'fail', timing: true });
    expect(toldBy(concluded)).to.equal('TIME_WAIT here, 1.00 s after the deadline');
  });

  it('keep the doubt in what rests on no socket being there', async () => {
    const reset: Line[] = [
      [0, 'connected'],
      [0, 'ncs', 'ESTABLISHED'],
      [5, 'send'],
      [10, 'close'],
      [12, 'ncs', 'none'],
    ];
    const { concluded } = await failureOf(expect(subject(reset)).to.have.outcome('clean').within(1_000));
    expect(concluded).to.include({ outcome: 'fail', absence: true });
  });

  it('are inconclusive where our own looks straddle the deadline', async () => {
    const history = tell(RELEASED);
    const judge = (): never =>
      ({
        standing: 'holds',
        actual: 'TIME_WAIT here',
        means: [],
        sinceUs: 1_000,
        us: msToUs(2_000),
      }) as never;
    const concluded = await settle(judge, { history, deadlineUs: msToUs(1_000) });
    expect(concluded.outcome).to.equal('inconc');
    expect(toldBy(concluded)).to.contain('between two looks');
  });
});

describe('verdict lattice', () => {
  const assertion = (
    outcome: AssertionResult['outcome'],
    level: AssertionResult['level'] = 'must',
  ): AssertionResult => ({
    requirement: 'SOCK-REL-01',
    level,
    about: 'release',
    expected: 'released',
    actual: outcome,
    outcome,
    means: [],
    connections: [],
  });

  it('lets the worst win and keeps the first reason', () => {
    const folded = foldAssertions([
      assertion('pass'),
      assertion('inconc'),
      assertion('fail'),
      assertion('fail'),
    ]);
    expect(folded).to.deep.equal({ verdict: 'fail', level: 'must', reason: 'SOCK-REL-01: fail' });
  });

  it('lets a must decide over a should', () => {
    expect(foldAssertions([assertion('fail', 'should'), assertion('fail')]).level).to.equal('must');
    expect(foldAssertions([assertion('pass'), assertion('fail', 'should')])).to.include({
      verdict: 'fail',
      level: 'should',
    });
  });

  it('knows no vacuous pass', () => {
    expect(foldAssertions([]).verdict).to.equal('inconc');
    expect(foldAssertions([assertion('not observable')]).verdict).to.equal('inconc');
    expect(foldAssertions([assertion('not observable'), assertion('pass')]).verdict).to.equal('pass');
  });
});
