import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { readHistory } from '../../src/report/read-history.ts';
import type { HistoryLine } from '../../src/results/history-lines.ts';
import type { Results } from '../../src/results/results.ts';
import { CLI } from '../built.ts';
import { splitOf, type Split } from './split.ts';

/** A reference device: sound, with a fault, or with a habit. */
export interface DeviceKind {
  fault?: string;
  habit?: string;
}

/** What one campaign took. */
export interface Cost extends Split {
  /** ms from the start of the command to its end. */
  whole: number;
  /** ms of CPU time of the command, without the device. */
  own: number;
  /** Bytes of the campaign's folder. */
  folder: number;
  /** Why it is incomplete; absent where it is not. */
  incomplete?: string;
}

/** What `device --json` says. */
interface Ready {
  address: string;
  ports: Record<string, number>;
  mosId: string;
  ncsId: string;
}

const COST = pathToFileURL(path.join(import.meta.dirname, 'cost.mjs')).href;

/** Certifies a device of this kind with the built command line, in a folder that is removed. */
export async function campaign(tier: string, kind: DeviceKind): Promise<Cost> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tier-bench-'));
  const device = await startDevice(kind);
  try {
    const file = path.join(folder, 'device.yaml');
    writeFileSync(file, deviceFile(device.ready));
    const out = path.join(folder, 'out');
    const start = performance.now();
    const child = spawn(
      process.execPath,
      ['--import', COST, CLI, 'run', file, '--tier', tier, '--seed', '1', '--out', out],
      { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, BENCH_COST_FOLDER: folder } },
    );
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    const whole = performance.now() - start;
    const own = Number(readFileSync(path.join(folder, `${child.pid}.cost`), 'utf8')) / 1_000;
    if (code !== 0 && code !== 1 && code !== 3)
      throw new Error(`a campaign ended with code ${code}: ${complaint}`);
    return { whole, own, ...(await read(out)) };
  } finally {
    await device.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function read(out: string): Promise<Omit<Cost, 'whole' | 'own'>> {
  const lines: HistoryLine[] = [];
  for await (const line of readHistory(out)) lines.push(line);
  const { campaign } = JSON.parse(readFileSync(path.join(out, 'results.json'), 'utf8')) as Results;
  const sizes = readdirSync(out).map((name) => statSync(path.join(out, name)).size);
  const folder = sizes.reduce((sum, size) => sum + size, 0);
  return {
    ...splitOf(lines),
    folder,
    ...(!campaign.complete && { incomplete: campaign.incompleteReason ?? 'no reason was given' }),
  };
}

async function startDevice(kind: DeviceKind): Promise<{ ready: Ready; stop(): Promise<void> }> {
  const words = Object.entries(kind).flatMap(([option, value]) => [`--${option}`, String(value)]);
  const child: ChildProcess = spawn(process.execPath, [CLI, 'device', '--json', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  };
  const lines = createInterface({ input: child.stdout! });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    ended.then(([code]) => {
      throw new Error(`the device ended with code ${code}`);
    }),
  ])) as [string];
  return { ready: JSON.parse(line) as Ready, stop };
}

/** JSON is YAML. */
function deviceFile({ address, ports, mosId, ncsId }: Ready): string {
  const otherNcsId = 'conformance.standby.ncs';
  return JSON.stringify({ host: address, ports, mosId, ncsId, otherNcsId, profiles: [0, 1] });
}
