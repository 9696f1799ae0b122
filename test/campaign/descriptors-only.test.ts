import { expect } from 'chai';
import { createDevice } from '../../src/device/device.ts';
import { targetOf } from '../detection/detect.ts';
import { SHORT_TIMES } from '../detection/ways.ts';
import { DESCRIPTORS_ONLY } from './observers.ts';
import { trial, type Trial } from './trial.ts';

const TESTS = ['CON-01', 'REL-01', 'REL-02', 'REL-04', 'REL-07', 'HC-01', 'HC-03', 'AB-01', 'AB-03'];

async function against(faults: string[], tests: string[]): Promise<Trial> {
  const device = await createDevice({ faults });
  try {
    const times = { ...SHORT_TIMES, releaseTime: 700, lateTime: 2_000 };
    const target = targetOf(device, { times, ports: { upper: device.ports.upper ?? 0 } });
    return await trial(target, tests, { observers: DESCRIPTORS_ONLY });
  } finally {
    await device.stop();
  }
}

describe('where nothing but our own descriptors can be seen', function () {
  this.timeout(20_000);

  it('the correct device passes, and what could not be seen is said', async () => {
    const { results, of } = await against([], TESTS);
    const bad = results.tests.filter(({ verdict }) => !['pass', 'none'].includes(verdict));
    expect(bad.map(({ key, reason }) => `${key}: ${reason}`)).to.deep.equal([]);
    expect(results.verdict).to.equal('pass');
    expect(of('REL-01@upper').assertions[0]).to.deep.include({
      outcome: 'pass',
      actual: 'its FIN arrived, so the device has closed (inferred)',
    });
    expect(of('AB-01@upper').assertions[0]).to.deep.include({ outcome: 'not observable' });
    const [descriptor, inference, ...others] = results.campaign.observers;
    expect(others).to.deep.equal([]);
    expect(inference).to.include({ means: 'inference', vantage: 'device' });
    expect(inference?.samples).to.be.greaterThan(0);
    expect(descriptor).to.deep.equal({
      means: 'descriptor',
      vantage: 'ncs',
      samples: 0,
      largestGapMs: 0,
      note: 'sock_diag: there is no Linux kernel here',
    });
  });

  it('a device that never closes is found, by the descriptor that is kept', async () => {
    const { results, of } = await against(['close-wait-leak'], ['REL-01', 'HC-01', 'AB-03']);
    expect(results.verdict).to.equal('fail');
    for (const key of ['REL-01@upper', 'HC-01@upper']) {
      expect(of(key).verdict, key).to.equal('fail');
      const [, seconds] = /no FIN of the device arrived (\d\.\d+) s after our FIN/.exec(of(key).reason) ?? [];
      expect(Number(seconds), of(key).reason).to.be.at.least(0.7);
      expect(of(key)).not.to.have.property('confirmation');
    }
    expect(of('AB-03@upper').verdict).to.equal('pass');
    expect(results.faults[0]?.id).to.equal('close-wait-leak');
  });

  it('a device that closes late is told from one that never does', async () => {
    const { of } = await against(['late-close=1400'], ['HC-01']);
    expect(of('HC-01@upper').verdict).to.equal('fail');
    expect(of('HC-01@upper').connections[0]?.outcome).to.equal('late');
  });
});
