import { expect } from 'chai';
import { slopeOf } from '../../../src/judge/churn/slope.ts';

const every = (step: number, cycles: number): number[] =>
  Array.from({ length: Math.floor(cycles / step) }, (_, index) => (index + 1) * step);

describe('slope of the sockets left behind', () => {
  it('is nothing where nothing was left, and says what would have shown', () => {
    expect(slopeOf([], 2_000, 0.05)).to.deep.equal({
      ...{ perConnection: 0, lower: 0, upper: 0, tenths: 0, grows: false, wouldShow: 667 },
    });
    expect(slopeOf([], 50, 0.05).wouldShow).to.equal(16);
  });

  for (const step of [1, 10, 50, 500]) {
    it(`finds a leak of one in ${step}`, () => {
      const found = slopeOf(every(step, 2_000), 2_000, 0.05);
      expect(found.grows).to.equal(true);
      expect(found.perConnection).to.be.closeTo(1 / step, 0.2 / step);
      expect(found.lower).to.be.at.most(1 / step + 1e-9);
      expect(found.upper).to.be.at.least(0.85 / step);
    });
  }

  it('takes a single event for no growth, however many connections it left', () => {
    expect(slopeOf([1_234], 2_000, 0.05).grows).to.equal(false);
    expect(slopeOf([1_201, 1_202, 1_203, 1_220, 1_290], 2_000, 0.05).grows).to.equal(false);
  });

  it('is less sure the smaller the chance of error may be', () => {
    const [loose, strict] = [slopeOf(every(400, 2_000), 2_000, 0.2), slopeOf(every(400, 2_000), 2_000, 0.01)];
    expect(strict.upper - strict.lower).to.be.above(loose.upper - loose.lower);
  });

  it('has no slope without connections', () => {
    expect(slopeOf([], 0, 0.05)).to.include({ grows: false, wouldShow: 1 });
  });
});
