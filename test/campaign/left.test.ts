import { expect } from 'chai';
import { startEmbedded, type EmbeddedDevice } from '../../src/campaign/embedded.ts';
import type { TestResult } from '../../src/results/results.ts';
import { DESCRIPTORS_ONLY } from './observers.ts';
import { HASTY_TIMES, trial, trialTargetOn, type Trial } from './trial.ts';

describe('connections whose release no test asked about', function () {
  this.timeout(30_000);
  let device: EmbeddedDevice;
  afterEach(() => device.stop());

  const TIMES = { ...HASTY_TIMES, releaseTime: 500, lateTime: 1_500 };

  /** Plays a test that asks for an answer, and nothing about the close. */
  async function played(faults: string[], options: Parameters<typeof trial>[2] = {}): Promise<Trial> {
    device = await startEmbedded({ faults });
    const { upper = 0 } = device.ports;
    return trial(trialTargetOn(device, { ports: { upper }, times: TIMES }), ['ENV-06', 'HC-02'], options);
  }

  const told = ({ verdict, applicability, reason }: TestResult): string =>
    [verdict, applicability, reason].join(' | ');

  it('fail the device that keeps them, with the tests and messages that they belong to', async () => {
    const { of, results } = await played(['leak-after-many-messages=1']);
    expect(of('ENV-06@upper').verdict).to.equal('pass');
    const { verdict, reason, assertions } = of('SAN-LEFT');
    expect(verdict, reason).to.equal('fail');
    const failed = assertions.filter(({ outcome }) => outcome === 'fail');
    expect(failed.map(({ requirement }) => requirement)).to.deep.equal(['SOCK-REL-02', 'SOCK-HC-05']);
    expect(failed[0]?.actual).to.match(
      /left behind \(FIN_WAIT_2 here and CLOSE_WAIT at the device\); they belong to .*ENV-06@upper \(heartbeat\)/,
    );
    expect(failed[1]?.actual).to.match(/they belong to HC-02@upper \(heartbeat\)$/);
    expect(results.verdict).to.equal('fail');
  });

  it('name the helper that holds what the device has given up', async () => {
    device = await startEmbedded({ faults: ['helper-keeps-connection'] });
    const { upper = 0 } = device.ports;
    const target = trialTargetOn(device, { ports: { upper }, times: TIMES });
    const { of, results } = await trial(target, ['MI-01']);
    expect(of('MI-01@upper').verdict).to.equal('pass');
    const { reason, assertions } = of('SAN-LEFT');
    expect(reason).to.match(/; the device has given it up, but its process "sleep 60" holds it;/);
    expect(assertions.find(({ outcome }) => outcome === 'fail')?.symptom?.holder).to.equal('sleep 60');
    expect(results.faults.map(({ id }) => id)).to.deep.equal(['helper-keeps-connection']);
  });

  it('fail the device that has kept descriptors which no test has counted', async () => {
    device = await startEmbedded({ faults: ['descriptor-leak-on-cut-reset'] });
    const { of } = await trial(trialTargetOn(device, { times: TIMES }), ['AB-02', 'ROB-03']);
    const { verdict, assertions } = of('SAN-LEFT');
    const failed = assertions.filter(({ outcome }) => outcome === 'fail');
    expect(failed.map(({ requirement }) => requirement)).to.deep.equal(['SOCK-AB-06']);
    expect(failed[0]?.actual).to.match(/^\d+ more than before$/);
    expect(verdict).to.equal('fail');
  });

  it('pass where they are released, though late', async () => {
    const { of } = await played(['late-close=800']);
    expect(told(of('SAN-LEFT'))).to.equal('pass | selected | ');
  });

  it('are no matter where nothing can see them', async () => {
    const { of } = await played(['leak-after-many-messages=1'], { observers: DESCRIPTORS_ONLY });
    expect(told(of('SAN-LEFT'))).to.equal(
      'none | not applicable | nothing here sees a connection whose descriptor is given up',
    );
  });
});
