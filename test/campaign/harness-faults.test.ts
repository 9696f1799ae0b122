import { expect } from 'chai';
import { MESSAGE_SIZE } from '../../src/wire/framer.ts';
import { startEmbedded, type EmbeddedDevice } from '../../src/campaign/embedded.ts';
import { atBothEnds, type Chosen } from '../../src/observe/choose.ts';
import { ObserverBlind } from '../../src/observe/blind.ts';
import type { Step } from '../../src/suite/model.ts';
import type { Target } from '../../src/subject/target.ts';
import { PERMISSIONS } from '../../src/subject/target.ts';
import { QUIET_HOST, spoiltObserver, standStill } from './observers.ts';
import { HASTY_TIMES, planned, trial, type Trial } from './trial.ts';

/** Longer than every deadline in these tests. */
const LONG_MS = 1_200;

describe('a fault of the harness is never one of the device', function () {
  this.timeout(30_000);
  let correct: EmbeddedDevice;
  let leaking: EmbeddedDevice;
  before(async () => {
    [correct, leaking] = await Promise.all([startEmbedded(), startEmbedded({ faults: ['close-wait-leak'] })]);
  });
  after(() => Promise.all([correct?.stop(), leaking?.stop()]));

  const targetOf = (device: EmbeddedDevice, changes: Partial<Target> = {}): Target => ({
    name: 'specimen',
    host: device.address,
    address: device.address,
    ports: { upper: device.ports.upper ?? 0 },
    mosId: device.mosId,
    ncsId: device.ncsId,
    revision: '2.8.5',
    encoding: 'ucs-2be',
    profiles: [0, 1],
    maxConnections: 64,
    messageSize: MESSAGE_SIZE,
    times: { ...HASTY_TIMES, replyTime: 1_000, recoveryTime: 2_000 },
    given: new Set(),
    permissions: new Set(PERMISSIONS),
    path: 'direct',
    embedded: true,
    ...changes,
  });

  /** Runs one test with an observer that is sound until the test begins. */
  async function spoil(
    device: EmbeddedDevice,
    test: string,
    make: (isOn: () => boolean) => Promise<Chosen>,
    changes: Partial<Target> = {},
  ): Promise<Trial> {
    let on = false;
    const observers = await make(() => on);
    try {
      return await trial(targetOf(device, changes), [test], {
        observers: atBothEnds(observers),
        onTest: () => (on = true),
      });
    } finally {
      observers.observer?.close();
    }
  }

  /** Runs one test in which this process stands still, once, from a look at the sockets on. */
  function standing(device: EmbeddedDevice, test: string, standStillSoon: () => void): Promise<Trial> {
    let stood = false;
    return spoil(device, test, (isOn) =>
      spoiltObserver((look) => {
        if (isOn() && !stood) {
          stood = true;
          standStillSoon();
        }
        return look();
      }),
    );
  }

  function expectInconclusive(told: Trial, key: string, reason: RegExp): void {
    expect(told.of('SAN-OPEN').verdict).to.equal('pass');
    expect(told.of(key).reason).to.match(reason);
    expect(told.of(key).verdict).to.equal('inconc');
    expect(told.results.verdict).to.equal('inconc');
    expect(told.results.faults).to.deep.equal([]);
  }

  it('an observer that goes blind proves nothing for the correct device', async () => {
    const told = await spoil(correct, 'REL-01', (isOn) =>
      spoiltObserver((look) => {
        if (isOn()) throw new ObserverBlind('the kernel refuses to show its sockets (EPERM)');
        return look();
      }),
    );
    expectInconclusive(told, 'REL-01@upper', /could not be seen \(the kernel refuses .*EPERM/);
  });

  it('an observer that goes blind proves nothing against the leaking device', async () => {
    let looks = 0;
    const told = await spoil(leaking, 'REL-01', (isOn) =>
      spoiltObserver((look) => {
        if (isOn() && (looks += 1) > 4) throw new ObserverBlind('netlink is gone');
        return look();
      }),
    );
    expectInconclusive(told, 'REL-01@upper', /could no longer be seen \(netlink is gone\)/);
  });

  it('an observer that shows no socket any more does not make a leak a release', async () => {
    let looks = 0;
    const told = await spoil(leaking, 'REL-01', (isOn) =>
      spoiltObserver((look, queries) => (isOn() && (looks += 1) > 4 ? queries.map(() => null) : look())),
    );
    expectInconclusive(told, 'REL-01@upper', /sock_diag does not see a connection of our own that is alive/);
  });

  it('an observer that does not see our own peer is no witness; our descriptors are', async () => {
    const observers = await spoiltObserver((look, queries) =>
      look().map((reading, index) => (queries[index]!.destination.port >= 32_768 ? null : reading)),
    );
    const told = await trial(targetOf(leaking), ['HC-01'], { observers: atBothEnds(observers) });
    observers.observer.close();
    expect(told.of('HC-01@upper').reason).to.match(/no FIN of the device arrived/);
    expect(told.results.campaign.observers.find(({ means }) => means === 'sock_diag')?.note).to.match(
      /our own peer was not seen/,
    );
  });

  it('an observer that is too slow leaves open on which side of the deadline a release came', async () => {
    let slow = false;
    const told = await spoil(correct, 'REL-01', (isOn) =>
      spoiltObserver((look) => {
        const readings = look();
        if (!isOn() || slow || !readings.some((one) => one?.state === 'ESTABLISHED')) return readings;
        slow = true;
        return new Promise((resolve) => setTimeout(() => resolve(readings), LONG_MS));
      }),
    );
    expectInconclusive(told, 'REL-01@upper', /between two looks of ours that are 1\.\d+ s apart/);
  });

  it('a process that stands still across a deadline accuses nobody of being late', async () => {
    const told = await standing(correct, 'HC-01', () =>
      setImmediate(() => setImmediate(() => standStill(LONG_MS))),
    );
    expectInconclusive(told, 'HC-01@upper', /stood still|between two looks/);
  });

  it('a process that stands still while an answer comes does not know when it came', async () => {
    const told = await standing(correct, 'CON-02', () => setTimeout(() => standStill(2_500), 1));
    const { verdict, reason } = told.of('CON-02@upper');
    expect(['inconc', 'pass'], reason).to.include(verdict);
    expect(told.results.faults).to.deep.equal([]);
  });

  it('a silence that outlasts a standstill is a failure all the same', async () => {
    const blocking = await startEmbedded({ faults: ['one-connection-at-a-time'] });
    try {
      const told = await standing(blocking, 'CON-02', () => setTimeout(() => standStill(700), 1));
      expect(told.of('CON-02@upper').verdict).to.equal('fail');
      expect(
        told.of('CON-02@upper').assertions.find(({ outcome }) => outcome === 'fail')?.symptom,
      ).to.include({
        code: 'no-reply',
        madeUp: true,
      });
    } finally {
      await blocking.stop();
    }
  });

  it('what still stands after a standstill is a failure all the same', async () => {
    const told = await standing(leaking, 'HC-01', () =>
      setImmediate(() => setImmediate(() => standStill(LONG_MS))),
    );
    expect(told.of('HC-01@upper').verdict).to.equal('fail');
    expect(told.of('HC-01@upper').reason).to.match(
      /FIN_WAIT_2 here, CLOSE_WAIT at the device [1-9]\.\d+ s after our FIN/,
    );
  });

  it('a full TIME_WAIT table makes the absence of a socket worthless', async () => {
    let overflow = 0;
    const told = await spoil(correct, 'REL-06', async (isOn) => {
      const gone = new Set<string>();
      const spoilt = await spoiltObserver((look, queries) =>
        look().map((reading, index) => {
          const { source, destination } = queries[index]!;
          const name = `${source.port} ${destination.port}`;
          if (isOn() && reading?.state === 'TIME_WAIT') gone.add(name);
          return gone.has(name) ? null : reading;
        }),
      );
      const counters = (): typeof QUIET_HOST => ({ ...QUIET_HOST, timeWaitOverflow: (overflow += 1) });
      return { ...spoilt, counters };
    });
    const { verdict, reason } = told.of('REL-06@upper');
    expect(verdict).to.equal('inconc');
    expect(reason).to.match(/skipped TIME_WAIT because its table is full/);
  });

  it('an exception of ours is an error, with what was played before it', async () => {
    const target = targetOf(correct);
    const [one] = planned(target, ['REL-02']);
    const step = {
      verb: 'wait',
      covers: [],
      get for(): never {
        throw new TypeError('a mistake of ours\n    at somewhere');
      },
    } as unknown as Step;
    const broken = { ...one!, test: { ...one!.test, steps: [...one!.test.steps, step] } };
    const told = await trial(target, [broken]);
    const { verdict, reason, assertions, connections } = told.of('REL-02@upper');
    expect(verdict).to.equal('error');
    expect(reason).to.match(/a mistake of ours/);
    expect(assertions.map(({ outcome }) => outcome)).to.deep.equal(['pass', 'pass', 'error']);
    expect(connections).not.to.have.length(0);
    expect(told.results).to.deep.include({ verdict: 'error' });
    expect(told.results.campaign.exitCode).to.equal(4);
  });

  it('an interruption judges nothing that was still being waited for', async () => {
    const controller = new AbortController();
    const target = targetOf(leaking, { times: { ...HASTY_TIMES, releaseTime: 20_000, lateTime: 30_000 } });
    const told = await trial(target, ['HC-01', 'REL-01'], {
      signal: controller.signal,
      onTest: (id) => {
        if (id === 'HC-01') setTimeout(() => controller.abort('the campaign was interrupted (SIGINT)'), 300);
      },
    });
    expect(told.of('HC-01@upper').verdict).to.equal('inconc');
    expect(told.of('HC-01@upper').reason).to.match(/the campaign was interrupted/);
    expect(told.of('REL-01@upper')).to.include({
      applicability: 'not run',
      reason: 'the campaign was interrupted (SIGINT)',
    });
  });
});
