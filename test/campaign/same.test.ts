import { expect } from 'chai';
import { startEmbedded } from '../../src/campaign/embedded.ts';
import { createDevice } from '../../src/device/device.ts';
import type { TestResult } from '../../src/results/results.ts';
import { HASTY_TIMES, trial, trialTargetOn, type Trial } from './trial.ts';

const JOBS = 64;

/** Too long for every run of the tests; `npm run test:detection` has it. */
describe('tests beside each other and strictly one after the other', function () {
  this.timeout(120_000);

  /** What a campaign says of a device, without its times. */
  function told({ results }: Trial): unknown {
    const verdict = ({ key, applicability, verdict, level }: TestResult): string =>
      [key, applicability, verdict, ...(verdict === 'fail' ? [level] : [])].join(' ');
    return { tests: results.tests.map(verdict), faults: results.faults.map(({ id }) => id) };
  }

  /** Faults, and tests that they fail, among others that pass. */
  const SAME: Readonly<Record<string, string[]>> = {
    'close-wait-leak': [
      'CON-04',
      'REL-01',
      'REL-02',
      'HC-01',
      'REL-07',
      'REL-09',
      'RC-01',
      'CH-03H',
      'CH-04',
    ],
    'leak-after-reset': [
      ...['REL-01', 'REL-02', 'REL-04', 'REL-06', 'REL-08', 'REL-09'],
      ...['HC-01', 'HC-03', 'HC-05', 'HC-06', 'CON-03', 'RC-03'],
    ],
    'hangs-on-half-close': ['CON-04', 'HC-01', 'HC-02', 'HC-05', 'HC-06'],
    'replies-on-wrong-connection': ['CON-02', 'CON-04', 'LANE-04', 'RC-05O'],
    'wrong-message-id': ['CON-04', 'LANE-04', 'ENV-06', 'REL-02'],
  };

  for (const [fault, ids] of Object.entries(SAME)) {
    it(`say the same of ${fault} as strictly one after the other`, async () => {
      const play = async (jobs: number): Promise<Trial> => {
        const device = await startEmbedded({ faults: [fault] });
        const { lower = 0, upper = 0 } = device.ports;
        const target = trialTargetOn(device, { ports: { lower, upper } });
        return trial(target, ids, { jobs }).finally(() => device.stop());
      };
      const strict = await play(1);
      expect(strict.results.totals.fail, 'failures').to.be.above(0);
      expect(strict.results.faults.map(({ id }) => id)).to.deep.equal([fault]);
      expect(told(await play(JOBS))).to.deep.equal(told(strict));
    });
  }

  for (const jobs of [1, JOBS]) {
    it(`leave a place to what was closed and is not released yet (${jobs} at once)`, async () => {
      const device = await createDevice({ habits: ['max-connections=20', 'slow-close=600'] });
      const ids = ['CON-03', 'REL-01', 'REL-09', 'HC-01', 'HC-04', 'RC-01', 'CH-03H', 'ENV-06', 'ROB-01'];
      const times = { ...HASTY_TIMES, releaseTime: 3_000, lateTime: 6_000 };
      const target = trialTargetOn(device, { maxConnections: 20, times });
      const { results } = await trial(target, ids, { jobs }).finally(() => device.stop());
      const accused = results.tests.filter(({ verdict }) => verdict !== 'pass');
      expect(accused.map(({ key, reason }) => `${key}: ${reason}`)).to.deep.equal([]);
    });
  }
});
