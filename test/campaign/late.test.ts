import { expect } from 'chai';
import { startEmbedded, type EmbeddedDevice } from '../../src/campaign/embedded.ts';
import { HASTY_TIMES, trial, trialTarget } from './trial.ts';

/** Longer than the release time of these tests, and shorter than the time for which a late close is watched. */
const LATE_MS = 1_200;

describe('a device that closes late', function () {
  this.timeout(60_000);
  let device: EmbeddedDevice;
  before(async () => (device = await startEmbedded({ faults: [`late-close=${LATE_MS}`] })));
  after(() => device?.stop());

  for (const [first, others] of [
    ['CON-03', ['HC-04']],
    ['REL-01', ['REL-02', 'HC-01', 'CON-03', 'HC-04']],
  ] as const) {
    it(`is called late whichever test was the first to wait for it (${first})`, async () => {
      const { address, mosId, ncsId, ports } = device;
      const times = { ...HASTY_TIMES, replyTime: 3_000, lateTime: 6_000 };
      const target = trialTarget({
        host: address,
        address,
        mosId,
        ncsId,
        ports: { upper: ports.upper ?? 0 },
        times,
      });
      const tests = [first, ...others];
      const { of, results } = await trial(target, tests);
      const late = of(`${first}@upper`).connections.filter(({ outcome }) => outcome === 'late');
      expect(late).to.have.lengthOf.at.least(first === 'CON-03' ? 20 : 1);
      for (const test of tests) expect(of(`${test}@upper`).verdict, test).to.equal('fail');
      expect(results.faults.map(({ id }) => id)).to.deep.equal(['late-close']);
    });
  }
});
