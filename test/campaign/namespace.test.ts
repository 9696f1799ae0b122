import { expect } from 'chai';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Results } from '../../src/results/results.ts';
import { runCli, type Ended } from '../commands/cli.ts';
import { Namespace } from './namespace.ts';

const PORT = 10_541;

describe('with the device in a network namespace of its own', function () {
  this.timeout(120_000);
  const space = new Namespace();
  const folder = mkdtempSync(join(tmpdir(), 'mos-namespace-'));
  let device: ChildProcess | undefined;

  before(function () {
    const reason = space.make();
    if (reason === undefined) return;
    process.stderr.write(`    skipped: there is no namespace to test in: ${reason}\n`);
    this.skip();
  });
  afterEach(() => void device?.kill('SIGKILL'));
  after(() => {
    space.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A device file that grants what a campaign elsewhere must be granted. */
  function deviceFile(allow: string): string {
    const path = join(folder, 'device.yaml');
    const lines = [
      'name: Remote device',
      `host: ${space.inner}`,
      `ports: { lower: none, upper: ${PORT} }`,
      'mosId: reference.device.mos',
      'ncsId: conformance.ncs',
      ...(allow === '' ? [] : [`allow: [${allow}]`]),
      'parameters: { releaseTime: 1s, lateTime: 2s, idleTime: 1s }',
    ];
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  }

  async function certify(faults: string[], ...words: string[]): Promise<{ ended: Ended; results: Results }> {
    device = await space.startDevice(PORT, ...faults);
    const out = join(folder, 'out');
    const ended = await runCli(['run', deviceFile('load, disruptive'), '--out', out, ...words]);
    return { ended, results: JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Results };
  }

  it('a device elsewhere is not touched unless somebody says so', async () => {
    const ended = await runCli(['run', deviceFile(''), '--out', join(folder, 'none')]);
    expect(ended.code).to.equal(2);
    expect(ended.complaints).to.match(/^198\.18\.77\.2 is not this machine: add --yes .*\n$/);
  });

  it('the correct device passes, with our end alone to see', async () => {
    const { ended, results } = await certify([], '--tier', 'quick', '--group', 'CON,REL,HC,AB');
    const bad = results.tests.filter(({ verdict }) => !['pass', 'none'].includes(verdict));
    expect(bad.map(({ key, reason }) => `${key}: ${reason}`)).to.deep.equal([]);
    expect(ended.code, ended.output).to.equal(0);
    expect(results.device.address).to.equal(space.inner);
    expect(results.campaign.observers.flatMap(({ vantages }) => vantages)).not.to.include('device');
  });

  it('a device that never closes is found; its CLOSE_WAIT is inferred', async () => {
    const { ended, results } = await certify(
      ['--fault', 'close-wait-leak'],
      '--test',
      'REL-01,REL-02,HC-01,AB-01',
    );
    expect(ended.code).to.equal(1);
    const failed = results.tests.filter(({ verdict }) => verdict === 'fail').map(({ key }) => key);
    expect(failed).to.deep.equal(['REL-01@upper', 'REL-02@upper', 'HC-01@upper']);
    const told = results.tests.find(({ key }) => key === 'REL-01@upper')?.assertions[0];
    expect(told?.actual).to.match(
      /^FIN_WAIT_2 here 1\.\d+ s after our FIN, so CLOSE_WAIT at the device \(inferred\)$/,
    );
    expect(told?.means).to.deep.equal(['sock_diag', 'inference']);
    expect(results.faults[0]).to.deep.include({ id: 'close-wait-leak' });
    expect(ended.output).to.include('(close-wait-leak, ');
  });

  it('behind a proxy what our end shows is a remark', async () => {
    const words = ['--path', 'proxied', '--test', 'REL-01'];
    const { ended, results } = await certify(['--fault', 'close-wait-leak'], ...words);
    expect(ended.code, ended.output).to.equal(0);
    expect(results.totals).to.deep.include({ fail: 0, remarks: 1 });
    const told = results.tests.find(({ key }) => key === 'REL-01@upper')?.assertions[0];
    expect(told).to.deep.include({ outcome: 'fail', level: 'should', means: ['sock_diag'] });
    expect(told?.actual).to.match(/^FIN_WAIT_2 here 1\.\d+ s after our FIN$/);
  });

  it('running out of local ports is ours', async () => {
    const range = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').trim();
    space.shell('echo "40000 40007" > /proc/sys/net/ipv4/ip_local_port_range');
    const out = join(folder, 'ports');
    const words = ['run', '--test', 'CON-03@upper,REL-03@upper', '--out', out];
    const ended = await runCli(words, { within: ['ip', 'netns', 'exec', space.name] });
    const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Results;
    const crowd = results.tests.find(({ key }) => key === 'CON-03@upper');
    expect(crowd?.verdict).to.equal('inconc');
    expect(crowd?.reason).to.match(/no free local port or address left \(EADDRNOTAVAIL\)/);
    expect(ended.code).to.equal(3);
    expect(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').trim()).to.equal(range);
  });
});
