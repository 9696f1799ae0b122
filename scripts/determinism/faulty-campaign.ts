import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PortName } from '../../src/history/facts.ts';
import type { Results } from '../../src/results/results.ts';
import { DEFAULT_TIMES } from '../../src/subject/target.ts';
import type { GroupName } from '../../src/suite/groups.ts';
import { SHORT_TIMES } from '../../test/detection/ways.ts';

/** Short ones; but a whole campaign meets a device that still has the connections of the test before to go through. */
const CAMPAIGN_TIMES = { ...SHORT_TIMES, recoveryTime: DEFAULT_TIMES.recoveryTime };

/** The reference device that shows a fault. */
export interface FaultyDevice {
  /** `late-close=2500` */
  fault: string;
  habits: readonly string[];
}

/** How its campaigns are run. */
export interface CampaignOptions {
  seed: number;
  /** The groups of tests that are run. */
  groups: readonly GroupName[];
  /** Whether its tests follow strictly one another. */
  isStrict?: boolean;
  /** Where the device runs if not here: in this network namespace, on this address of it. */
  apart?: { name: string; address: string } | undefined;
  /** The folder in which results.json is kept, under the name of the fault and the seed. */
  keep?: string | undefined;
}

/**
 * Runs groups of tests with short times against a device of its own, both as the built program, each in a process
 * of its own.
 */
export async function certifyFaulty(device: FaultyDevice, options: CampaignOptions): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), 'mos-determinism-'));
  const running = start(device, options);
  try {
    const file = join(folder, 'device.yaml');
    writeFileSync(file, JSON.stringify(await deviceFile(running)));
    const out = join(folder, 'out');
    const times = Object.entries(CAMPAIGN_TIMES).flatMap(([time, ms]) => ['-p', `${time}=${ms}ms`]);
    const jobs = options.isStrict ? ['--jobs', '1'] : [];
    const words = [
      ...jobs,
      '--seed',
      String(options.seed),
      '--max-time',
      '20m',
      '--group',
      options.groups.join(','),
    ];
    const run = ['dist/cli.js', 'run', file, '--out', out, '--yes', ...words, ...times];
    await once(spawn(process.execPath, run, { stdio: 'ignore' }), 'exit');
    const path = join(out, 'results.json');
    if (options.keep !== undefined) {
      mkdirSync(options.keep, { recursive: true });
      copyFileSync(path, join(options.keep, `${device.fault}-${options.seed}.json`));
    }
    return JSON.parse(readFileSync(path, 'utf8')) as Results;
  } finally {
    running.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function start({ fault, habits }: FaultyDevice, { apart }: CampaignOptions): ChildProcess {
  const host = apart ? ['--host', apart.address] : [];
  const words = ['--json', ...host, '--fault', fault, ...habits.flatMap((one) => ['--habit', one])];
  const command = [process.execPath, 'dist/cli.js', 'device', ...words];
  const inside = apart ? ['ip', 'netns', 'exec', apart.name] : [];
  const [program = '', ...rest] = [...inside, ...command];
  return spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** What a device that is ready says of itself, as a device file. */
async function deviceFile({ stdout }: ChildProcess): Promise<object> {
  if (!stdout) throw new Error('the output of the device is read');
  const [line] = (await once(createInterface(stdout), 'line')) as [string];
  const { address, ports, mosId, ncsId } = JSON.parse(line) as {
    address: string;
    ports: Record<PortName, number>;
    mosId: string;
    ncsId: string;
  };
  return {
    name: 'specimen',
    host: address,
    ports,
    mosId,
    ncsId,
    otherNcsId: 'conformance.standby.ncs',
    allow: ['load', 'disruptive'],
  };
}
