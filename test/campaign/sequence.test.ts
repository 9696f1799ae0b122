import { expect } from 'chai';
import { startEmbedded, type EmbeddedDevice } from '../../src/campaign/embedded.ts';
import type { Target } from '../../src/subject/target.ts';
import { HASTY_TIMES, trial, trialTargetOn } from './trial.ts';

/** How often a lost device is charged to the right test; more often where it is measured. */
const TIMES = Number(process.env.TIMES ?? 3);

const JOBS = 64;

describe('tests of which one acts while others wait', function () {
  this.timeout(60_000 + TIMES * 10_000);

  let device: EmbeddedDevice;
  afterEach(() => device.stop());

  function targetOf(changes: Partial<Target> = {}): Target {
    return trialTargetOn(device, changes);
  }

  it('come back in the order of the suites, and none acts while another does', async () => {
    device = await startEmbedded();
    const target = targetOf({ times: { ...HASTY_TIMES, idleTime: 1_500 } });
    const { results, of } = await trial(target, ['CON-04', 'REL-01', 'HC-01', 'CH-01'], { jobs: JOBS });
    const keys = results.tests.map(({ key }) => key);
    expect(keys.slice(0, 5)).to.deep.equal([
      'SAN-OPEN',
      'CON-04',
      'REL-01@lower',
      'REL-01@upper',
      'REL-01@query',
    ]);
    expect(keys.at(-1)).to.equal('SAN-CLOSE');
    expect(results.tests.filter(({ verdict }) => verdict !== 'pass')).to.deep.equal([]);
    const idle = of('CON-04');
    for (const key of ['REL-01@upper', 'HC-01@lower']) {
      expect(of(key).startedUs, key).to.be.below(idle.startedUs + idle.durationMs * 1_000);
    }
  });

  it('are strictly one after the other with one job', async () => {
    device = await startEmbedded();
    const { results } = await trial(targetOf(), ['CON-04', 'REL-01', 'HC-01'], { jobs: 1 });
    const ends = results.tests.map((one) => one.startedUs + one.durationMs * 1_000);
    for (const [index, one] of results.tests.slice(1).entries()) {
      expect(one.startedUs, one.key).to.be.at.least((ends[index] ?? 0) - 1_000);
    }
  });

  it('begin in the same order with one job and with many: the gentle before the others', async () => {
    const asked = ['AB-01', 'REL-09', 'CON-04', 'REL-06', 'REL-01', 'RC-03', 'HC-01', 'CON-03'];
    const begun = async (jobs: number): Promise<string[]> => {
      device = await startEmbedded();
      const target = targetOf({ times: { ...HASTY_TIMES, idleTime: 1_500 } });
      const { results } = await trial(target, asked, { jobs });
      await device.stop();
      const byTime = results.tests.toSorted((a, b) => a.startedUs - b.startedUs);
      return [...new Set(byTime.map(({ id }) => id))];
    };
    const one = await begun(1);
    expect(await begun(JOBS)).to.deep.equal(one);
    expect(one.slice(1, -2)).to.deep.equal([
      ...['CON-04', 'REL-06', 'HC-01', 'REL-01'],
      ...['REL-09', 'CON-03'],
      ...['AB-01', 'RC-03'],
    ]);
  });

  it('accuse nobody of what failed beside others and could not be repeated', async () => {
    device = await startEmbedded({ faults: ['wrong-message-id'] });
    const controller = new AbortController();
    const { upper = 0 } = device.ports;
    const target = targetOf({ ports: { upper }, times: { ...HASTY_TIMES, idleTime: 30_000 } });
    const { of } = await trial(target, ['CON-04', 'ENV-06', 'REL-01', 'REL-11'], {
      jobs: JOBS,
      signal: controller.signal,
      chronicle: {
        follow: () => {},
        enter: ({ result }) => {
          if (result.id === 'REL-11') controller.abort('the time was over');
        },
      },
    });
    expect(of('REL-01@upper').verdict).to.equal('pass');
    expect(of('ENV-06@upper').verdict).to.equal('inconc');
    expect(of('ENV-06@upper').reason).to.match(
      /^the time was over before this test was repeated by itself \(/,
    );
  });

  describe('and a device that is lost meanwhile', () => {
    for (const [fault, culprit] of [
      ['exits-on-reset', 'AB-01@lower'],
      ['crashes-on-malformed', 'ROB-01@lower'],
    ] as const) {
      it(`is charged to the test that did it (${fault}, ${TIMES} times)`, async () => {
        for (let time = 0; time < TIMES; time += 1) {
          device = await startEmbedded({ faults: [fault] });
          const target = targetOf({ times: { ...HASTY_TIMES, idleTime: 5_000 } });
          const waiting = ['CON-04', 'LANE-04'];
          const { of, results } = await trial(
            target,
            [...waiting, 'REL-01', culprit.slice(0, culprit.indexOf('@'))],
            {
              jobs: JOBS,
            },
          );
          await device.stop();
          expect(of(culprit).verdict, of(culprit).reason).to.equal('fail');
          const accused = results.tests.filter(({ verdict }) => verdict === 'fail').map(({ key }) => key);
          expect(accused).to.deep.equal([culprit]);
          expect(of('CON-04').verdict).to.equal('inconc');
          expect(of('CON-04').reason).to.match(
            new RegExp(`^the device was lost in ${culprit}: .* while this test waited$`),
          );
          expect(of('REL-01@upper').verdict).to.equal('pass');
        }
      });
    }
  });
});
