import { expect } from 'chai';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObserverResult, Results, StateResult } from '../../src/results/results.ts';
import { runCli, type Ended } from '../commands/cli.ts';
import { Namespace } from './namespace.ts';

const PORT = 10_541;

/** The boxes of the device's end in a ladder: hatched, dashed, and told from what they follow. */
const LEAK_DRAWN = 'CLOSE_WAIT, inferred from FIN_WAIT_2 here, hatched, dashed';

/** The pictures of the drill-down, each once. */
function pictures(page: string): string[] {
  const encoded = [...page.matchAll(/data:image\/svg\+xml;base64,([\w+/=]+)/g)].map(([, text]) => text ?? '');
  return [...new Set(encoded)].map((text) => Buffer.from(text, 'base64').toString());
}

/** The first box of an inferred state in every ladder of a page. */
function drawn(page: string): string[] {
  return page
    .split(/<svg\s/)
    .slice(1)
    .map((svg) => {
      const box = svg.split('<g><title>').find((one) => /^[^<]*, inferred /.test(one)) ?? '';
      const title = /^(.*), since /.exec(box)?.[1] ?? '';
      const marks = [
        /fill="url\(#inferred-/.test(box) && 'hatched',
        /stroke-dasharray="5 3"/.test(box) && 'dashed',
      ];
      return [title, ...marks].join(', ');
    });
}

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

  /** A file of the campaign that was run last. */
  const written = (name: string): string => readFileSync(join(folder, 'out', name), 'utf8');

  async function certify(faults: string[], ...words: string[]): Promise<{ ended: Ended; results: Results }> {
    device = await space.startDevice(PORT, ...faults);
    const out = join(folder, 'out');
    const ended = await runCli(['run', deviceFile('load, disruptive'), '--out', out, ...words]);
    return { ended, results: JSON.parse(written('results.json')) as Results };
  }

  /** The states of the device's end of the first connection of a test, as they stand in the results. */
  function deviceStates({ tests }: Results, key: string): string[] {
    const [connection] = tests.find((one) => one.key === key)?.connections ?? [];
    return (connection?.states ?? []).filter(({ vantage }) => vantage === 'device').map(told);
  }

  const told = ({ state, evidence, means, from }: StateResult): string =>
    `${state}, ${evidence} by ${means} from ${from}`;
  const LEAKED = 'CLOSE_WAIT, inferred by inference from FIN_WAIT_2 here';
  const GONE = 'none, inferred by inference from TIME_WAIT here';

  /** By what the device's end is known. */
  const byDevice = ({ campaign }: Results): ObserverResult['means'][] =>
    campaign.observers.filter(({ vantage }) => vantage === 'device').map(({ means }) => means);

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
    expect(byDevice(results)).to.deep.equal(['inference']);
    expect(results.device.processes).to.deep.equal({});
    expect(deviceStates(results, 'REL-01@upper')).to.deep.equal([GONE]);
    expect(written('certificate.html')).to.include('TIME_WAIT here; device: no socket (inferred)');
    expect(written('report.html')).to.include('Device: no socket (inferred)');
  });

  it('a device that never closes is found; its CLOSE_WAIT is inferred', async () => {
    const { ended, results } = await certify(
      ['--fault', 'close-wait-leak'],
      '--test',
      'REL-01,REL-02,HC-01,AB-01',
    );
    expect(ended.code).to.equal(1);
    const failed = results.tests.filter(({ verdict }) => verdict === 'fail').map(({ key }) => key);
    expect(failed).to.deep.equal(['REL-01@upper', 'REL-02@upper', 'HC-01@upper', 'SAN-LEFT']);
    const told = results.tests.find(({ key }) => key === 'REL-01@upper')?.assertions[0];
    expect(told?.actual).to.match(
      /^FIN_WAIT_2 here 1\.\d+ s after our FIN, so CLOSE_WAIT at the device \(inferred\)$/,
    );
    expect(told?.means).to.deep.equal(['sock_diag', 'inference']);
    expect(results.faults[0]).to.deep.include({ id: 'close-wait-leak' });
    expect(ended.output).to.include('(close-wait-leak, ');
    for (const key of failed.slice(0, -1)) expect(deviceStates(results, key), key).to.deep.equal([LEAKED]);
    expect(deviceStates(results, 'AB-01@upper'), 'after our reset').to.deep.equal([]);
    expect(drawn(written('certificate.html'))).to.deep.equal(failed.map(() => LEAK_DRAWN));
    expect(pictures(written('report.html'))).to.have.lengthOf(failed.length);
    for (const svg of pictures(written('report.html'))) expect(svg).to.include('from FIN_WAIT_2 here');
  });

  it('a device that closes late is found; its CLOSE_WAIT and its end are inferred', async () => {
    const { results } = await certify(['--fault', 'late-close=1500'], '--test', 'REL-01');
    expect(results.faults.map(({ id }) => id)).to.deep.equal(['late-close']);
    const late = results.tests.find(({ key }) => key === 'REL-01@upper');
    expect(late?.connections[0]?.outcome).to.equal('late');
    expect(deviceStates(results, 'REL-01@upper')).to.deep.equal([LEAKED, GONE]);
  });

  it('a device that dies of a reset is found; of the reset connection nothing is inferred', async () => {
    const { results } = await certify(['--fault', 'exits-on-reset'], '--test', 'REL-01,AB-01');
    expect(results.faults.map(({ id }) => id)).to.deep.equal(['exits-on-reset']);
    expect(results.tests.find(({ key }) => key === 'AB-01@upper')).to.include({ verdict: 'fail' });
    expect(deviceStates(results, 'REL-01@upper')).to.deep.equal([GONE]);
    expect(deviceStates(results, 'AB-01@upper')).to.deep.equal([]);
  });

  it('a device that closes after each reply is not said to reset, whoever closed first', async () => {
    const { results } = await certify(['--habit', 'closes-after-reply'], '--test', 'REL-02,REL-03,REL-07');
    const bad = results.tests.filter(({ verdict }) => !['pass', 'none'].includes(verdict));
    expect(bad.map(({ key, reason }) => `${key}: ${reason}`)).to.deep.equal([]);
    expect(results.totals.remarks).to.equal(0);
    const outcomes = results.tests.flatMap(({ connections }) => connections.map(({ outcome }) => outcome));
    expect(outcomes).to.include('clean').and.not.to.include('reset by device');
  });

  it('a listener of this host with the port of the device is not taken for the device', async () => {
    const other = createServer().listen(PORT, '0.0.0.0');
    await once(other, 'listening');
    try {
      const { results } = await certify([], '--test', 'REL-01,AB-06');
      expect(results.device.processes).to.deep.equal({});
      expect(results.tests.find(({ key }) => key === 'AB-06@upper')).to.include({
        applicability: 'not applicable',
      });
    } finally {
      other.close();
    }
  });

  it('behind a proxy what our end shows is a remark', async () => {
    const words = ['--path', 'proxied', '--test', 'REL-01'];
    const { ended, results } = await certify(['--fault', 'close-wait-leak'], ...words);
    expect(ended.code, ended.output).to.equal(0);
    expect(results.totals).to.deep.include({ fail: 0, remarks: 1 });
    const told = results.tests.find(({ key }) => key === 'REL-01@upper')?.assertions[0];
    expect(told).to.deep.include({ outcome: 'fail', level: 'should', means: ['sock_diag'] });
    expect(told?.actual).to.match(/^FIN_WAIT_2 here 1\.\d+ s after our FIN$/);
    expect(deviceStates(results, 'REL-01@upper')).to.deep.equal([]);
    expect(byDevice(results)).to.deep.equal([]);
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
