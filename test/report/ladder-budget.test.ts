import { expect } from 'chai';
import { digestOf } from '../../src/report/digest.ts';
import { contextsWithin } from '../../src/report/ladder-budget.ts';
import { releaseRecord, sampleTest } from './sample-tests.ts';

const leak = { closes: false, deviceSeen: true };
const digests = [
  ...['REL-01@lower', 'REL-01@upper', 'REL-02@lower', 'REL-02@upper'].map((key) =>
    digestOf(releaseRecord(key, leak, { verdict: 'fail' })),
  ),
  digestOf({ result: sampleTest('HC-01@lower'), facts: [], source: '' }),
];
const ladder = (budget?: number): string[] =>
  [...contextsWithin(digests, budget)].map(([key, contexts]) => {
    const value = contexts.find(({ title }) => title === 'Ladder')?.value;
    return `${key} ${value === undefined ? 'none' : String(value).replace(/^data:.*/, 'drawn')}`;
  });

describe('the ladders of a report', () => {
  it('are all drawn where there is room', () => {
    const drawn = digests.slice(0, 4).map(({ result }) => `${result.key} drawn`);
    expect(ladder()).to.deep.equal([...drawn, 'HC-01@lower none']);
  });

  it('are drawn for one port of each test where there is less, and the others say whose is', () => {
    const size = String(digests[0]?.contexts.find(({ title }) => title === 'Ladder')?.value).length;
    const told = ladder(2.5 * size);
    expect([told[0], told[2]]).to.deep.equal(['REL-01@lower drawn', 'REL-02@lower drawn']);
    expect(told[1]).to.match(/^REL-01@upper This ladder is not drawn, .*\. That of REL-01@lower is\. /);
    expect(ladder(0)[0]).to.match(/too large\. The facts are in history\.ndjson\.gz\.$/);
  });
});
