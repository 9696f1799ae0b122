import { expect } from 'chai';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { History } from '../../src/history/history.ts';
import { inferDevice } from '../../src/observe/infer.ts';
import { Watcher } from '../../src/observe/watcher.ts';
import { eventually, openSockDiag, recorded } from './support.ts';

const NAME = `mos${process.pid}`;
const OUTER = '10.213.77.1';
const INNER = '10.213.77.2';
const PORT = 10540;

const ip = (...options: string[]): void => void execFileSync('ip', options, { stdio: 'pipe' });
const pathOf = (file: string): string => fileURLToPath(new URL(`./netns/${file}`, import.meta.url));

/** Why there is no namespace to test in, or undefined once there is one. */
function makeNamespace(): string | undefined {
  if (process.platform !== 'linux') return 'no Linux';
  if (process.getuid?.() !== 0) return 'not root';
  try {
    ip('netns', 'add', NAME);
    ip('-n', NAME, 'link', 'set', 'lo', 'up');
    ip('link', 'add', `${NAME}a`, 'type', 'veth', 'peer', 'name', `${NAME}b`, 'netns', NAME);
    ip('address', 'add', `${OUTER}/30`, 'dev', `${NAME}a`);
    ip('link', 'set', `${NAME}a`, 'up');
    ip('-n', NAME, 'address', 'add', `${INNER}/30`, 'dev', `${NAME}b`);
    ip('-n', NAME, 'link', 'set', `${NAME}b`, 'up');
    return undefined;
  } catch (error) {
    return `ip does not make one (${(error as Error).message.split('\n')[0]})`;
  }
}

function removeNamespace(): void {
  for (const options of [
    ['link', 'delete', `${NAME}a`],
    ['netns', 'delete', NAME],
  ]) {
    try {
      ip(...options);
    } catch {
      // It was not made, or went with the other.
    }
  }
}

describe('with the device in a network namespace of its own', function () {
  this.timeout(20_000);
  let device: ChildProcess | undefined;

  before(function () {
    const reason = makeNamespace();
    if (reason === undefined) return;
    process.stderr.write(`    skipped: there is no namespace to test in: ${reason}\n`);
    this.skip();
  });
  after(() => {
    device?.kill('SIGKILL');
    removeNamespace();
  });

  it('only our end is seen, nothing is said of the other, and its leak is inferred', async () => {
    const command = [
      'netns',
      'exec',
      NAME,
      process.execPath,
      pathOf('leaky-device.mjs'),
      INNER,
      String(PORT),
    ];
    device = spawn('ip', command, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(device.stdout!, 'data');
    const observer = openSockDiag();
    const history = new History();
    const watcher = new Watcher({ history, observer });
    const ncs = net.connect({ port: PORT, host: INNER, allowHalfOpen: true });
    try {
      await once(ncs, 'connect');
      history.record({ kind: 'event', connection: 'c', event: 'connected' });
      const local = { address: OUTER, port: ncs.localPort ?? 0 };
      watcher.watch('c', { local, remote: { address: INNER, port: PORT } });
      history.record({ kind: 'act', connection: 'c', act: 'half-close' });
      ncs.end();
      await eventually('FIN_WAIT_2', () => recorded(history, 'ncs').at(-1) === 'FIN_WAIT_2');
      await eventually('a standing FIN_WAIT_2', () => {
        const inference = inferDevice(history.of('c'), performance.now() * 1000);
        return inference.sound && inference.state === 'CLOSE_WAIT';
      });
      expect(recorded(history, 'device')).to.deep.equal([]);
      const rows = observer
        .table([PORT])
        .filter((row) => [row.local.port, row.remote.port].includes(local.port));
      expect(rows.map(({ state }) => state)).to.deep.equal(['FIN_WAIT_2']);
      expect(watcher.stats('ncs')).not.to.have.property('blind');
    } finally {
      watcher.stop();
      observer.close();
      ncs.destroy();
    }
  });

  it('absence proves nothing where TIME_WAIT is skipped for lack of buckets', () => {
    const run = (): { ends: string[]; proves: unknown } => {
      const command = ['netns', 'exec', NAME, process.execPath, '--import=tsx', pathOf('overflow.ts')];
      return JSON.parse(execFileSync('ip', command, { encoding: 'utf8' })) as {
        ends: string[];
        proves: unknown;
      };
    };
    expect(run()).to.deep.equal({ ends: Array(3).fill('TIME_WAIT/none'), proves: true });
    const sysctl = `echo 1 > /proc/sys/net/ipv4/tcp_max_tw_buckets`;
    execFileSync('ip', ['netns', 'exec', NAME, 'sh', '-c', sysctl], { stdio: 'pipe' });
    expect(run()).to.deep.equal({
      ends: Array(3).fill('none/none'),
      proves: '3 connections skipped TIME_WAIT because its table is full',
    });
  });
});
