import { expect } from 'chai';
import { splitOf } from '../../bench/tiers/split.ts';
import type { FactLine } from '../../src/results/history-lines.ts';

const note = (test: string, ms: number): FactLine => ({
  ...{ test, us: ms * 1_000, kind: 'note', about: 'harness', text: '' },
});
const churn = (test: string, ms: number): FactLine => ({
  ...{ test, us: ms * 1_000, kind: 'act', act: 'churn' },
});

describe('the split of a campaign into acts and waits', () => {
  it('waits where nothing is recorded for more than 20 ms', () => {
    expect(splitOf([note('A', 0), note('A', 15), note('A', 1_015)])).to.deep.equal({
      acts: 15,
      waits: 1_000,
    });
  });

  it('does not wait while another test records something', () => {
    const other = Array.from({ length: 60 }, (_, index) => note('B', index * 10));
    expect(splitOf([note('A', 0), note('A', 590), ...other])).to.deep.equal({ acts: 590, waits: 0 });
  });

  it('acts all the time of a churn, and not of the test behind it', () => {
    const lines = [note('A', 0), churn('A', 10), note('B', 500), note('A', 2_010), note('A', 3_010)];
    expect(splitOf(lines)).to.deep.equal({ acts: 2_010, waits: 1_000 });
  });

  it('is nothing where nothing was recorded', () => {
    expect(splitOf([])).to.deep.equal({ acts: 0, waits: 0 });
  });
});
