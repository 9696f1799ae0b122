import { expect } from 'chai';
import { createDevice } from '../../src/device/device.ts';
import { HASTY_TIMES, trial, trialTargetOn } from './trial.ts';

const TIMES = {
  ...HASTY_TIMES,
  connectTime: 3_000,
  replyTime: 3_000,
  releaseTime: 1_000,
  lateTime: 1_500,
  recoveryTime: 3_000,
};

describe('whether a device takes longer where two ask at once', function () {
  this.timeout(30_000);

  const devices: [string, { faults?: string[]; habits?: string[] }, boolean | undefined][] = [
    ['is not asked of one that is prompt', {}, undefined],
    ['is found out of one that thinks about each answer', { habits: ['slow=150'] }, false],
    ['is found out of one that accepts slowly', { faults: ['slow-accept=150'] }, true],
  ];
  for (const [title, settings, slows] of devices) {
    it(title, async () => {
      const device = await createDevice(settings);
      const { upper = 0 } = device.ports;
      const target = trialTargetOn(device, { ports: { upper }, times: TIMES });
      const { results } = await trial(target, ['CON-01'], { jobs: 64 }).finally(() => device.stop());
      expect(results.device.habits.upper?.slowsWithTwo).to.equal(slows);
    });
  }
});
