import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createDevice } from '../../src/device/device.ts';
import type { RunningDevice } from '../../src/device/options.ts';
import type { Results } from '../../src/results/results.ts';
import { runCli, type Ended } from './cli.ts';

const REPORTS = [
  'certificate.html',
  'history.ndjson.gz',
  'junit.xml',
  'report.html',
  'report.json',
  'results.json',
];

describe('run, through the whole program', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'mos-run-'));
  let out = '';
  let number = 0;
  let device: RunningDevice;
  before(async () => (device = await createDevice({ host: '::' })));
  beforeEach(() => (out = join(folder, String((number += 1)))));
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await device.stop();
  });

  /** A campaign against the device of these tests. */
  const campaign = (tests: string, host = '127.0.0.1', dir = out): string[] => {
    const identity = ['--mos-id', device.mosId, '--ncs-id', device.ncsId];
    const where = ['--host', host, '--upper', String(device.ports.upper), ...identity];
    return ['run', ...where, '--test', tests, '--out', dir];
  };

  const results = (dir = out): Results =>
    JSON.parse(readFileSync(join(dir, 'results.json'), 'utf8')) as Results;
  const expectNoStack = ({ output, complaints }: Ended): void => {
    expect(output + complaints).not.to.match(/\n\s+at |\.ts:\d|node:internal/);
  };

  /** Sends a signal when a text is printed. */
  const signalAt =
    (text: string, ...signals: NodeJS.Signals[]) =>
    (output: string, child: { kill(signal: NodeJS.Signals): boolean }): void => {
      if (!output.includes(text)) return;
      for (const signal of signals.splice(0)) child.kill(signal);
    };

  it('prints nothing but JSON on standard output with --json', async () => {
    const ended = await runCli([...campaign('REL-01'), '--json']);
    expect(ended.code).to.equal(0);
    expect(JSON.parse(ended.output)).to.deep.equal(results());
    expect(ended.complaints).to.match(/^Device /);
    expect(ended.complaints).to.include('Will run     1 of 1 tests, ');
    expect(results().campaign.leftOut.find((text) => text.startsWith('REL-02@upper'))).to.match(
      /: it was not selected$/,
    );
  });

  it('SIGINT, SIGTERM and SIGHUP end it early with the report, also where they come twice at once', async () => {
    const end = async (signal: NodeJS.Signals): Promise<void> => {
      const dir = join(out, signal);
      const onOutput = signalAt('SAN-OPEN', signal, signal);
      const ended = await runCli([...campaign('CON-04,REL-01', '127.0.0.1', dir), '--shared'], { onOutput });
      expect(ended.code, ended.output).to.equal(130);
      expect(readdirSync(dir)).to.include.members(REPORTS);
      const told = results(dir);
      expect(told.campaign).to.deep.include({
        complete: false,
        incompleteReason: `the campaign was interrupted (${signal})`,
        exitCode: 130,
      });
      const verdicts = told.tests.map(({ key, verdict, applicability }) =>
        [key, verdict, applicability].join(' '),
      );
      expect(verdicts).to.include.members(['SAN-OPEN pass selected', 'REL-01@upper none not run']);
      expectNoStack(ended);
    };
    await Promise.all([end('SIGINT'), end('SIGTERM'), end('SIGHUP')]);
  });

  it('a failure that was found before an interruption decides the exit code', async () => {
    const words = ['run', '--fault', 'close-wait-leak', '--test', 'HC-01@upper,HC-03@upper', '--out', out];
    const times = ['-p', 'releaseTime=1s', '-p', 'lateTime=1s'];
    const ended = await runCli([...words, ...times], { onOutput: signalAt('HC-01@upper', 'SIGINT') });
    expect(ended.code).to.equal(1);
    expect(results()).to.deep.include({ verdict: 'fail' });
    expect(results().campaign).to.include({ complete: false, exitCode: 1 });
  });

  it('an interruption before the first test says that nothing was tested, and leaves no device behind', async () => {
    const words = ['run', '--test', 'REL-01@upper', '--out', out];
    const ended = await runCli(words, { onOutput: signalAt('Device ', 'SIGINT') });
    expect(ended.code).to.equal(130);
    const orphans = execFileSync('ps', ['-eo', 'ppid,args'], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => /^\s*1\s.*cli\.(ts|js) device --json/.test(line));
    expect(orphans).to.deep.equal([]);
  });

  it('--max-time ends it early, with the report and exit code 3', async () => {
    const ended = await runCli([...campaign('CON-04'), '--max-time', '1s']);
    expect(ended.code).to.equal(3);
    expect(results().campaign.incompleteReason).to.match(
      /^the time limit of 1 s was reached; 2 tests were not run; --max-time 2s$/,
    );
    expect(ended.output.match(/--max-time/g)).to.have.length.below(5);
    expect(ended.output).not.to.match(/interrupted/);
  });

  it('a reader that has had enough does not cost the report', async () => {
    const ended = await runCli(campaign('REL-01'), {
      onOutput: (_output, child) => child.stdout?.destroy(),
    });
    expect(ended.code).to.equal(0);
    expect(results().verdict).to.equal('pass');
    expectNoStack(ended);
  });

  it('standard output that cannot be written is said once, and spoils a pass with --json', async function () {
    if (!existsSync('/dev/full')) return this.skip();
    const full = openSync('/dev/full', 'w');
    try {
      const ended = await runCli([...campaign('REL-01'), '--json'], { stdout: full });
      expect(ended.complaints).to.match(/standard output cannot be written: no space is left \(ENOSPC\)/);
      expect(ended.code).to.equal(4);
      expect(results().verdict).to.equal('pass');
      expectNoStack(ended);
    } finally {
      closeSync(full);
    }
  });

  it('a full disk costs the reports, not what they say', async function () {
    if (process.getuid?.() !== 0 || process.platform !== 'linux') return this.skip();
    mkdirSync(out);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', out], { stdio: 'pipe' });
    } catch {
      return this.skip();
    }
    try {
      const ended = await runCli(campaign('REL-01', '127.0.0.1', join(out, 'r')), {
        env: { TMPDIR: folder },
      });
      expect(ended.code).to.equal(4);
      expect(ended.output).to.include('results.json could not be written: no space is left (ENOSPC).');
      const instead = /They were written to (\S+) instead\./.exec(ended.output)?.[1] ?? '';
      expect(JSON.parse(readFileSync(join(instead, 'results.json'), 'utf8'))).to.include({ verdict: 'pass' });
      expect(readdirSync(join(out, 'r'))).to.have.members(['.mos-conformance-campaign', 'history.ndjson']);
      expect(ended.output).to.include('history.ndjson could not be written: no space is left (ENOSPC).');
      expectNoStack(ended);
    } finally {
      execFileSync('umount', [out]);
    }
  });

  it('a folder that is not ours, or cannot be one, is refused before anything is tested', async () => {
    mkdirSync(out);
    writeFileSync(join(out, 'thesis.txt'), 'mine');
    const foreign = await runCli(campaign('REL-01'));
    expect(foreign).to.include({ code: 2, output: '' });
    expect(foreign.complaints).to.match(/is not empty and holds no earlier campaign/);
    if (process.platform !== 'linux') return;
    const nowhere = await runCli(campaign('REL-01', '127.0.0.1', '/proc/campaign'));
    expect(nowhere).to.include({ code: 2, output: '' });
    expect(nowhere.complaints).to.match(/^\/proc\/campaign cannot be used for the reports: .*\n$/);
  });

  it('stops where others are connected to the device, unless it is told to share', async () => {
    const other = connect(device.ports.upper ?? 0, '127.0.0.1');
    await once(other, 'connect');
    try {
      const alone = await runCli(campaign('REL-01'));
      expect(alone).to.include({ code: 2, output: '' });
      expect(alone.complaints).to.match(
        /^others are connected to the device \(127\.0\.0\.1:\d+ on port \d+\), .* or add --shared\n$/,
      );
      const shared = await runCli([...campaign('REL-01'), '--shared']);
      expect(shared.code, shared.output).to.equal(0);
    } finally {
      other.destroy();
    }
  });

  it('without koffi the sockets are seen all the same, and a FIN that came separately is told', async () => {
    const env = { MOS_CONFORMANCE_NO_KOFFI: '1' };
    const ended = await runCli(campaign('REL-05H,AB-01'), { env });
    expect(ended.code, ended.output).to.equal(0);
    const observer = results().campaign.observers.findLast(({ means }) => means !== 'inference');
    expect(observer?.means).to.be.oneOf(['ss', 'proc', 'descriptor']);
    expect(observer?.note).to.match(/koffi is switched off/);
    expect(gunzipSync(readFileSync(join(out, 'history.ndjson.gz'))).toString()).to.include(
      'the FIN followed the data in a segment of its own',
    );
    const reset = results().tests.find(({ key }) => key === 'AB-01@upper');
    expect(reset?.durationMs).to.be.below(4_000);
  });

  it('running out of descriptors is ours, and what was found is written', async function () {
    try {
      execFileSync('prlimit', ['--version'], { stdio: 'pipe' });
    } catch {
      return this.skip();
    }
    let limited = false;
    const ended = await runCli(campaign('CON-03,REL-01,REL-02'), {
      onOutput: (output, child) => {
        if (limited || !output.includes('Will run')) return;
        limited = true;
        const open = readdirSync(`/proc/${child.pid}/fd`).length;
        execFileSync('prlimit', ['--pid', String(child.pid), `--nofile=${open + 12}:${open + 12}`]);
      },
    });
    const verdictOf = (key: string): unknown => results().tests.find((one) => one.key === key)?.verdict;
    expect(ended.code, ended.output + ended.complaints).to.equal(3);
    expect(verdictOf('REL-01@upper')).to.equal('pass');
    expect(verdictOf('CON-03@upper')).to.equal('inconc');
    expect(verdictOf('REL-02@upper')).to.equal('pass');
    expect(ended.output).to.match(/no file descriptor left \(EMFILE\)/);
  });

  it('certifies a device on ::1, on :: and by name', async () => {
    const certify = async (host: string, index: number): Promise<void> => {
      const dir = join(out, String(index));
      const ended = await runCli([...campaign('REL-01,HC-01', host, dir), '--shared']);
      expect(ended.code, `${host}: ${ended.output}${ended.complaints}`).to.equal(0);
      const { address } = results(dir).device;
      expect(address).to.equal(host === 'localhost' ? address : host.replace(/[[\]]/g, ''));
      const observers = results(dir).campaign.observers.map(({ means, vantage }) => `${means} ${vantage}`);
      expect(observers).to.include.members(['sock_diag ncs', 'sock_diag device']);
    };
    await Promise.all(['::1', '[::1]', '127.0.0.1', 'localhost'].map(certify));
  });
});
