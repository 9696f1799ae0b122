import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FaultName } from '../../src/faults/catalogue.ts';
import type { PortName } from '../../src/history/facts.ts';
import { expectedOf, faultOn } from '../../test/detection/expected.ts';
import { ROWS } from '../../test/detection/rows/index.ts';
import { SOCKET_GROUPS, testsOn, type StageName } from '../../test/detection/stage.ts';
import { SHORT_TIMES } from '../../test/detection/ways.ts';

/** The reference device that shows a fault, and the campaign that it is shown to. */
interface Showing {
  fault: string;
  habits: string[];
}

/** What is compared of results.json. */
interface Told {
  faults: { id: string }[];
  unexplained: { key: string }[];
  tests: { key: string; verdict: string; applicability: string }[];
}

/** How the runs are done. */
export interface Runs {
  times: number;
  /** Campaigns at the same time. */
  together: number;
  /** Names of faults; all of them where it is empty. */
  only: readonly string[];
  /** The seed of the first run; each run has the next one. */
  firstSeed: number;
  /** Told of each fault when it is done. */
  tell: (line: string) => void;
}

/** Stages whose devices show faults of the sockets; a device that dials is tried in process. */
const STAGES: readonly StageName[] = ['plain', 'closing', 'churn'];

/**
 * Certifies the reference device with each of its faults of the sockets so many times, each in a process of its own,
 * with short times and another seed, by the socket groups.
 * @returns a line for each run in which the fault was not called by its name, or another one was, and for each test
 *   that had another verdict than in the first run
 */
export async function socketFaultsAgain(runs: Runs): Promise<string[]> {
  const names = (Object.keys(ROWS) as FaultName[]).filter(
    (name) => showingOf(name) !== undefined && (runs.only.length === 0 || runs.only.includes(name)),
  );
  const differences: string[] = [];
  const waiting = [...names];
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      differences.push(...(await again(name, runs)));
    }
  };
  await Promise.all(Array.from({ length: runs.together }, work));
  return differences;
}

function showingOf(name: FaultName): Showing | undefined {
  const stage = STAGES.find((one) => expectedOf(name, testsOn(one, SOCKET_GROUPS)).length > 0);
  if (stage === undefined) return undefined;
  return { fault: faultOn(stage, name), habits: stage === 'closing' ? ['closes-after-reply'] : [] };
}

async function again(name: FaultName, runs: Runs): Promise<string[]> {
  const showing = showingOf(name) as Showing;
  const differences: string[] = [];
  const first = new Map<string, string>();
  let wellNamed = 0;
  for (let turn = 0; turn < runs.times; turn += 1) {
    const seed = runs.firstSeed + turn;
    const told = await campaign(showing, seed);
    const called = told.faults.map(({ id }) => id);
    const unexplained = told.unexplained.map(({ key }) => key);
    if (called.length === 1 && called[0] === name && unexplained.length === 0) wellNamed += 1;
    else {
      const rest = unexplained.length === 0 ? '' : `, unexplained: ${unexplained.join(', ')}`;
      differences.push(`${name}, seed ${seed}: called ${called.join(', ') || 'nothing'}${rest}`);
    }
    for (const { key, verdict, applicability } of told.tests) {
      const now = `${applicability}, ${verdict}`;
      const before = first.get(key) ?? now;
      first.set(key, before);
      if (now !== before) differences.push(`${name}, seed ${seed}, ${key}: ${now}, at first ${before}`);
    }
  }
  runs.tell(
    `${showing.fault}: ${wellNamed} of ${runs.times} runs by its name and nothing else, ` +
      `${differences.length - (runs.times - wellNamed)} verdicts differ`,
  );
  return differences;
}

/** One campaign against a device of its own. */
async function campaign(showing: Showing, seed: number): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'mos-determinism-'));
  const device = spawn(
    process.execPath,
    [
      ...['dist/cli.js', 'device', '--json', '--fault', showing.fault],
      ...showing.habits.flatMap((one) => ['--habit', one]),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const file = join(folder, 'device.yaml');
    writeFileSync(file, JSON.stringify(await deviceFile(device)));
    const out = join(folder, 'out');
    const times = Object.entries(SHORT_TIMES).flatMap(([time, ms]) => ['-p', `${time}=${ms}ms`]);
    const run = spawn(
      process.execPath,
      [
        ...['dist/cli.js', 'run', file, '--out', out, '--seed', String(seed), '--max-time', '20m'],
        ...['--group', SOCKET_GROUPS.join(','), ...times],
      ],
      { stdio: 'ignore' },
    );
    await once(run, 'exit');
    return JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Told;
  } finally {
    device.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a device that is ready says of itself, as a device file. */
async function deviceFile(device: ChildProcess): Promise<object> {
  if (!device.stdout) throw new Error('the output of the device is read');
  const [line] = (await once(createInterface(device.stdout), 'line')) as [string];
  const { address, ports, mosId, ncsId } = JSON.parse(line) as {
    address: string;
    ports: Record<PortName, number>;
    mosId: string;
    ncsId: string;
  };
  return { name: 'specimen', host: address, ports, mosId, ncsId, allow: ['load', 'disruptive'] };
}
