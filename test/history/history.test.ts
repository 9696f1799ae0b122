import { expect } from 'chai';
import { msToUs, nowUs } from '../../src/history/clock.ts';
import { History } from '../../src/history/history.ts';

describe('history', () => {
  it('keeps facts in order and by connection', () => {
    const history = new History();
    history.record({ kind: 'act', connection: 'a', act: 'connect' });
    history.record({ kind: 'act', connection: 'b', act: 'connect' });
    history.record({ kind: 'event', connection: 'a', event: 'fin' });
    expect(history.of('a').map((fact) => fact.kind)).to.deep.equal(['act', 'event']);
    expect(history.of('nobody')).to.deep.equal([]);
    const times = history.facts.map((fact) => fact.us);
    expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
  });

  it('keeps the time that a fact brings along', () => {
    const history = new History();
    expect(history.record({ kind: 'event', event: 'fin', us: 42 }).us).to.equal(42);
  });

  it('answers as soon as a condition holds', async () => {
    const history = new History();
    const waited = history.until(() => history.of('a').length === 2, nowUs() + msToUs(10_000));
    history.record({ kind: 'act', connection: 'a', act: 'connect' });
    history.record({ kind: 'act', connection: 'a', act: 'close' });
    expect(await waited).to.equal('held');
  });

  it('never reports a deadline before it has passed', async () => {
    const history = new History();
    for (let round = 0; round < 20; round += 1) {
      const deadlineUs = nowUs() + msToUs(3);
      expect(await history.until(() => false, deadlineUs)).to.equal('deadline');
      expect(nowUs()).to.be.at.least(deadlineUs);
    }
  });

  it('asks once more at the deadline', async () => {
    const history = new History();
    const endUs = nowUs() + msToUs(5);
    expect(await history.until(() => nowUs() >= endUs, endUs)).to.equal('held');
  });

  it('gives up early when it is told to', async () => {
    const history = new History();
    const controller = new AbortController();
    const waited = history.until(() => false, nowUs() + msToUs(60_000), controller.signal);
    controller.abort();
    expect(await waited).to.equal('deadline');
  });
});
