import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { TestResult } from '../src/results/results.ts';
import { FirstRun } from './determinism/first-run.ts';
import { messageFaultsAgain } from './determinism/message-faults.ts';
import { faultsAgain, type About } from './determinism/faults.ts';

/**
 * Certifies the reference device again and again and compares the verdicts of all tests:
 *
 *     npm run determinism -- [--times 20] [--load] [-- options of run, such as --tier quick]
 *     npm run determinism -- --in-process [--times 10] [--load] [-- names of faults]
 *     npm run determinism -- --sockets|--messages [--times 10] [--together 1] [--seed 1] [--apart] [--strict-too]
 *         [--keep FOLDER] [--load] [-- names of faults]
 *
 * In process it is every message fault whose verdicts and names are compared; with `--sockets` or `--messages` every
 * fault that the groups of that kind see, by real campaigns of the built program, some of them together; with
 * `--apart` the device is in a network namespace of its own; with `--strict-too` every other run has `--jobs 1`.
 * `--load` keeps every core busy with something else meanwhile. Each run has another seed. Ends with 1 where two runs
 * differ, one does not pass or a fault has not its own name.
 */

/** What the comparison needs of results.json. */
interface Told {
  verdict: string;
  campaign: { durationMs: number };
  tests: Pick<TestResult, 'key' | 'applicability' | 'verdict' | 'reason'>[];
}

const { values, positionals } = parseArgs({
  options: {
    times: { type: 'string' },
    load: { type: 'boolean', default: false },
    'in-process': { type: 'boolean', default: false },
    sockets: { type: 'boolean', default: false },
    messages: { type: 'boolean', default: false },
    together: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    apart: { type: 'boolean', default: false },
    'strict-too': { type: 'boolean', default: false },
    keep: { type: 'string' },
  },
  allowPositionals: true,
});

const inProcess = values['in-process'];
const about: About | undefined = values.sockets ? 'sockets' : values.messages ? 'messages' : undefined;
const ofFaults = inProcess || about !== undefined;
const times = wholeNumber('times', values.times ?? (ofFaults ? '10' : '20'));
const together = wholeNumber('together', values.together);
const firstSeed = wholeNumber('seed', values.seed);

const folder = mkdtempSync(join(tmpdir(), 'mos-determinism-'));
const busy = values.load ? Array.from({ length: availableParallelism() }, keepBusy) : [];
const first = new FirstRun();
const differences: string[] = [];

process.on('exit', () => {
  for (const child of busy) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const tell = (line: string): void => void process.stdout.write(`${line}\n`);
if (inProcess) differences.push(...(await messageFaultsAgain(times, positionals, tell)));
else if (about) {
  const { apart, keep } = values;
  const strictToo = values['strict-too'];
  const runs = { times, about, together, only: positionals, firstSeed, apart, strictToo, keep, tell };
  differences.push(...(await faultsAgain(runs)));
} else await certifyAgain();

const distinct = [...new Set(differences)];
for (const line of distinct) process.stdout.write(`${line}\n`);
const how = values.load ? ' with every core busy' : '';
const said = distinct.length === 0 ? 'the same verdicts' : `${distinct.length} differences`;
process.stdout.write(`${times} runs${how}: ${said}\n`);
process.exit(distinct.length === 0 ? 0 : 1);

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  process.stderr.write(`--${option}: expected a whole number from 1\n`);
  process.exit(2);
}

async function certifyAgain(): Promise<void> {
  for (let turn = 1; turn <= times; turn += 1) {
    const told = await certify(turn);
    compare(turn, told);
    const seconds = (told.campaign.durationMs / 1_000).toFixed(1);
    process.stdout.write(`${turn}/${times} ${told.verdict}, ${told.tests.length} tests, ${seconds} s\n`);
  }
}

/** Notes what differs from the first run, and what is no pass. */
function compare(turn: number, { tests }: Told): void {
  const bad = tests.filter(({ verdict }) => ['fail', 'inconc', 'error'].includes(verdict));
  const lines = [
    ...first.compare(tests),
    ...bad.map(({ key, verdict, reason }) => `${key}: ${verdict} (${reason})`),
  ];
  differences.push(...lines.map((line) => `run ${turn} ${line}`));
}

function certify(turn: number): Promise<Told> {
  const out = join(folder, String(turn));
  const words = ['run', '--seed', String(turn), '--out', out, ...positionals];
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      try {
        const told = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Told;
        rmSync(out, { recursive: true, force: true });
        resolve(told);
      } catch {
        reject(new Error(`run ${turn} left no results (exit code ${code})`));
      }
    });
  });
}

function keepBusy(): ChildProcess {
  return spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
}
