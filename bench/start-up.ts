import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { msOf, paired, type Manner } from './bench.ts';
import { CLI, needBuild } from './built.ts';
import type { Row } from './row.ts';

/** How long the built command line takes, against a Node that does nothing. */
export async function* startUpRows({ rounds }: Manner): AsyncGenerator<Row> {
  needBuild();
  const nothing = (): Promise<number> => msOf(() => node('-e', '0'));
  const row = (name: string) => ({ name: `${name}, against node -e 0`, unit: 'ms', rounds });
  yield await paired(row('--help'), () => msOf(() => node(CLI, '--help')), nothing);
  yield await paired(row('list'), () => msOf(() => node(CLI, 'list')), nothing);
  yield await paired(row('run, until its first packet'), firstPacket, nothing);
}

function node(...words: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${words.join(' ')} failed: ${stderr}`);
}

/** ms from the start of `run` until the device, which is a listener here, is dialled. */
async function firstPacket(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'start-up-bench-'));
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const device = ['--host', '127.0.0.1', '--upper', String(port), '--lower', 'none'];
  const identity = ['--mos-id', 'device.mos', '--ncs-id', 'news.ncs', '--yes'];
  const words = [CLI, 'run', ...device, ...identity, '--out', path.join(folder, 'out')];
  const start = performance.now();
  const child = spawn(process.execPath, words, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  try {
    const [socket] = (await Promise.race([
      once(server, 'connection'),
      ended.then(([code]) => {
        throw new Error(`run ended with code ${code} and has dialled nobody`);
      }),
    ])) as [Socket];
    const ms = performance.now() - start;
    socket.on('error', () => undefined).destroy();
    return ms;
  } finally {
    child.kill('SIGKILL');
    await ended;
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
