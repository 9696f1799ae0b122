import { expect } from 'chai';
import { detect } from './detect.ts';
import { STAGES, testsOn } from './stage.ts';
import { describeReference } from './table.ts';

describeReference({ groups: ['CH'], stage: 'churn' });

describe('churn of correct devices', function () {
  this.timeout(180_000);
  const suites = testsOn('churn', ['CH']);
  const habits: [string, string[]][] = [
    ['slow-close', []],
    ['max-connections=16', []],
    ['slow=300', []],
    ['closes-after-reply', ['CH-04']],
    ['silent-query', ['CH-04']],
    ['drops-older-connection', ['CH-02', 'CH-03N', 'CH-03H', 'CH-04', 'CH-03A', 'CH-03M']],
  ];
  for (const [habit, notApplicable] of habits) {
    it(`a device with the habit ${habit} passes`, async () => {
      const limited = habit.startsWith('max-connections') ? { maxConnections: 16 } : {};
      const found = await detect(
        {
          habits: [habit],
          target: { times: { ...STAGES.churn.specimen.target.times, churnTime: 4_000 }, ...limited },
        },
        suites,
        {
          ports: [habit === 'silent-query' ? 'query' : 'upper'],
          concurrency: STAGES.churn.concurrency,
        },
      );
      expect({ failed: found.failed, inconclusive: found.inconclusive }).to.deep.equal({
        failed: [],
        inconclusive: [],
      });
      expect(found.notApplicable).to.have.members(notApplicable);
    });
  }
});
