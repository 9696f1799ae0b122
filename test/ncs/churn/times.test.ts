import { expect } from 'chai';
import { quantilesOf } from '../../../src/history/churn/latency.ts';
import { Times } from '../../../src/ncs/churn/times.ts';

describe('the times of a churn', () => {
  it('are all kept, up to a number that no campaign reaches', () => {
    const times = new Times();
    for (let time = 1; time <= 2_000; time += 1) times.add(time);
    expect(times.all).to.have.length(2_000);
    times.clear();
    expect(times.all).to.deep.equal([]);
  });

  it('of very many are a sample from beginning to end, which has the same quantiles', () => {
    const times = new Times();
    const count = 1_000_000;
    for (let time = 1; time <= count; time += 1) times.add(time);
    expect(times.all.length).to.be.within(16_000, 33_000);
    const { p50 = 0, p99 = 0 } = quantilesOf(times.all) ?? {};
    expect(p50 / count).to.be.closeTo(0.5, 0.01);
    expect(p99 / count).to.be.closeTo(0.99, 0.01);
  });
});
