import { expect } from 'chai';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevice } from '../../src/device/device.ts';
import type { RunningDevice } from '../../src/device/options.ts';
import { targetOf } from '../detection/detect.ts';
import { ownAddress } from '../own-address.ts';
import { HASTY_TIMES, openPeers, trial } from './trial.ts';

const pidFile = join(tmpdir(), `mos-restarted-${process.pid}`);

function endByPidFile(): void {
  const pid = Number(readFileSync(pidFile, 'utf8'));
  if (pid > 0) process.kill(pid);
  rmSync(pidFile);
}

const TIMES = { ...HASTY_TIMES, replyTime: 1_000 };

describe('a device that goes away', function () {
  this.timeout(20_000);
  let device: RunningDevice;
  beforeEach(async () => {
    device = await createDevice({ host: ownAddress() });
  });
  afterEach(() => device.stop());

  it('between two tests is lost, once, and the rest is not run', async () => {
    const target = targetOf(device, { times: TIMES, ports: { upper: device.ports.upper ?? 0 } });
    let gone: Promise<void> | undefined;
    const { of, results } = await trial(target, ['REL-01', 'REL-02', 'REL-03', 'REL-04'], {
      onTest: (id) => {
        if (id === 'REL-02') gone = device.stop();
      },
    });
    await gone;
    expect(of('REL-01@upper').verdict).to.equal('pass');
    expect(of('REL-02@upper').verdict).to.equal('fail');
    expect(of('REL-02@upper').reason).to.match(/refuses connections/);
    expect(of('REL-02@upper').assertions.at(-1)?.actual).to.match(/^device lost: /);
    for (const key of ['REL-03@upper', 'REL-04@upper']) {
      expect(of(key).applicability, key).to.equal('not run');
      expect(of(key).reason).to.match(/^device lost in REL-02@upper: /);
    }
    expect(of('SAN-CLOSE').applicability).to.equal('not run');
    expect(results.campaign).to.include({ complete: false, exitCode: 1 });
    expect(results.totals).to.include({ fail: 1, notRun: 3 });
  });

  it('is brought back by the restart command of its device file', async () => {
    const upper = device.ports.upper ?? 0;
    const again = `node dist/cli.js device --host ${device.address} --upper ${upper} --json`;
    const restart = `${again} < /dev/null > /dev/null 2>&1 & echo $! > ${pidFile}`;
    const target = targetOf(device, { times: TIMES, ports: { upper }, restart });
    let gone: Promise<void> | undefined;
    try {
      const { of, results } = await trial(target, ['REL-01', 'CON-01', 'HC-01'], {
        onTest: (id) => {
          if (id === 'CON-01') gone = device.stop();
        },
      });
      await gone;
      expect(of('CON-01@upper').assertions.at(-1)?.actual).to.match(/^device lost: /);
      expect(of('HC-01@upper').verdict, of('HC-01@upper').reason).to.equal('pass');
      expect(results.campaign.complete).to.equal(true);
    } finally {
      endByPidFile();
    }
  });

  it('stays lost where the restart command fails', async () => {
    const target = targetOf(device, {
      times: TIMES,
      ports: { upper: device.ports.upper ?? 0 },
      restart: 'exit 7',
    });
    let gone: Promise<void> | undefined;
    const { of } = await trial(target, ['CON-01', 'HC-01'], {
      onTest: (id) => {
        if (id === 'CON-01') gone = device.stop();
      },
    });
    await gone;
    expect(of('HC-01@upper').reason).to.match(/; the restart command failed: /);
  });
});

describe('a device that keeps silent on one connection', function () {
  this.timeout(30_000);

  it('is not lost where the next is served: the test that met it has failed, and the others are run', async () => {
    const device = await createDevice({ host: ownAddress(), faults: ['spoils-next-connection'] });
    try {
      const { upper = 0 } = device.ports;
      const target = targetOf(device, { times: TIMES, ports: { upper } });
      const { of, results } = await trial(target, ['ST-01', 'RC-03']);
      expect(of('ST-01@upper').verdict).to.equal('fail');
      expect(of('ST-01@upper').reason).to.match(
        /: the upper port no longer serves: nothing came within .* s; a new connection was served afterwards$/,
      );
      expect(of('RC-03@upper').verdict, of('RC-03@upper').reason).to.equal('pass');
      expect(results.campaign.complete).to.equal(true);
    } finally {
      await device.stop();
    }
  });
});

describe('a port that refuses from the start', function () {
  this.timeout(20_000);

  it('is accused once; what else would run on it is not run', async () => {
    const device = await createDevice({ host: ownAddress() });
    const dead = await openPeers(() => undefined);
    dead.close();
    try {
      const ports = { lower: device.ports.lower ?? 0, upper: dead.ports.upper };
      const target = targetOf(device, { times: TIMES, ports });
      const { of, results } = await trial(target, ['CON-01', 'REL-01', 'HC-01']);
      expect(of('CON-01@upper').verdict).to.equal('fail');
      expect(of('CON-01@upper')).not.to.have.property('confirmation');
      for (const key of ['REL-01@upper', 'HC-01@upper']) {
        expect(of(key)).to.include({ applicability: 'not run' });
        expect(of(key).reason).to.equal('nothing listens on the upper port (CON-01@upper)');
      }
      for (const key of ['CON-01@lower', 'REL-01@lower', 'HC-01@lower'])
        expect(of(key).verdict, key).to.equal('pass');
      expect(results.campaign.exitCode).to.equal(1);
    } finally {
      await device.stop();
    }
  });
});
