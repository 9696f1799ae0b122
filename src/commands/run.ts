import { existsSync } from 'node:fs';
import { findSuites, builtinSuites } from '../suite/builtin.ts';
import { formatProblem } from '../document/problem.ts';
import { readSuites } from '../suite/read.ts';
import { MOST_CELLS, tooManyCells } from '../suite/too-many-cells.ts';
import type { Suite } from '../suite/model.ts';
import { selectTests } from '../suite/select.ts';
import { resolveTarget } from '../subject/resolve.ts';
import type { Target } from '../subject/target.ts';
import { whyNotTouch } from '../campaign/consent.ts';
import { otherPeers } from '../campaign/others.ts';
import type { ReportedCampaign } from '../campaign/make-reports.ts';
import { Interruption, runSession } from '../campaign/session.ts';
import { atBothEnds, openObserver, type Chosen } from '../observe/choose.ts';
import { planTests } from '../campaign/plan.ts';
import { announce } from '../campaign/announce.ts';
import { leftOutOf } from '../campaign/scope.ts';
import { defaultFolder, prepareFolder } from '../report/folder.ts';
import { keepNewest } from '../report/keep.ts';
import { serialiseResults } from '../report/serialise.ts';
import { embeddedOptions, startEmbedded, type EmbeddedDevice } from '../campaign/embedded.ts';
import type { Command } from './command.ts';
import { EXIT, UsageError } from './exit.ts';
import { checkRunArguments } from './run-arguments.ts';
import { runOptions, type RunArguments } from './run-options.ts';
import { catchSignals } from './signals.ts';
import { outliveReader, printed } from './standard-output.ts';
import { tellCampaign } from './tell-campaign.ts';
import { TimeLimit } from './time-limit.ts';

/** `run`: certifies a device. */
export const runCommand: Command<RunArguments> = {
  builder: runOptions,
  handler: async (given) => {
    process.exitCode = await run(given);
  },
};

/** idleTime of the quick tier, unless it was given. */
const QUICK_IDLE_MS = 500;

/** Tests that may be under way at once, unless it was said. */
const JOBS = 64;

/** Runs one campaign; the result is the exit code. */
async function run(raw: RunArguments): Promise<number> {
  const given = checkRunArguments(raw);
  outliveReader();
  const controller = new AbortController();
  const stream = given.json ? process.stderr : process.stdout;
  const release = catchSignals(controller, stream);
  const held: Held = {};
  try {
    return await runOn(given, held, { controller, stream });
  } catch (error) {
    if (!(error instanceof Interruption)) throw error;
    process.stderr.write(`Nothing was tested: ${error.message}\n`);
    return error.exitCode ?? EXIT.inconclusive;
  } finally {
    held.observers?.observer?.close();
    await held.embedded?.stop();
    release();
  }
}

/** What has to be given back, however the command ends. */
interface Held {
  embedded?: EmbeddedDevice;
  observers?: Chosen;
}

interface Surroundings {
  controller: AbortController;
  stream: NodeJS.WriteStream;
}

async function runOn(given: RunArguments, held: Held, { controller, stream }: Surroundings): Promise<number> {
  const { signal } = controller;
  const { suites, builtin } = suitesOf(given);
  const selection = selectTests(suites, {
    tier: given.tier,
    groups: given.group ?? [],
    tests: given.test ?? [],
  });
  if (selection.problems.length > 0) throw new UsageError(selection.problems.join('\n'));
  if (given.device === undefined && given.host === undefined)
    held.embedded = await startEmbedded({ faults: given.fault ?? [], signal });
  const target = await targetOf(given, held.embedded);
  const planned = planTests(suites, target, (test, port) =>
    selection.includes(test, port) ? undefined : 'it was not selected',
  );
  if (planned.every((one) => one.leftOut !== undefined))
    throw new UsageError('no test is selected; nothing was run');
  const consent = given.yes ? undefined : whyNotTouch(target);
  if (consent !== undefined) throw new UsageError(consent);
  const observers = await openObserver();
  held.observers = observers;
  if (!given.shared) await refuseOthers(target, observers);
  const dir = given.out ?? freshFolder(target.name);
  const problem = await prepareFolder(dir, target);
  if (problem !== undefined) throw new UsageError(problem);
  signal.throwIfAborted();
  stream.write(`${announce(target, planned)}\n`);
  const limit = new TimeLimit(controller, given.maxTime);
  try {
    const session = await runSession({
      target,
      planned,
      observers: atBothEnds(observers),
      seed: given.seed ?? Math.floor(Math.random() * 2 ** 31),
      signal,
      jobs: given.jobs ?? JOBS,
      onBegun: (habits) => {
        const slowestMs = Math.max(0, ...Object.values(habits).map((one) => one.replyMs ?? 0));
        const sentence = limit.allowFor(slowestMs, planned.length);
        if (sentence !== undefined) stream.write(`${sentence}\n`);
      },
      asked: {
        tier: given.tier,
        groups: given.group ?? [],
        tests: given.test ?? [],
        suites: given.suite ?? [],
        strict: given.strict === true,
        leftOut: leftOutOf(planned, planTests(builtin, target)),
        suiteFiles: suites,
      },
      dir,
      progress: stream.isTTY ? 'live' : 'plain',
      stream,
    });
    const exitCode = await tell(given, session, stream);
    if (given.keep !== undefined && session.written.paths['results.json'] !== undefined)
      for (const sentence of await keepNewest(dir, given.keep)) stream.write(`${sentence}\n`);
    return exitCode;
  } finally {
    limit.stop();
  }
}

/** Two campaigns of one second, as nightly jobs start them, must not share a folder. */
function freshFolder(name: string): string {
  const dir = defaultFolder(name);
  const numbered = (number: number): string => (number === 1 ? dir : `${dir}-${number}`);
  let number = 1;
  while (number < 100 && existsSync(numbered(number))) number += 1;
  return numbered(number);
}

/** Prints what was found; the result is the exit code. A report that is missing, or cannot be handed over, spoils a pass. */
async function tell(
  given: RunArguments,
  session: ReportedCampaign,
  stream: NodeJS.WriteStream,
): Promise<number> {
  const handedOver = !given.json || (await printed(serialiseResults(session.results)));
  const exitCode = tellCampaign(session, stream);
  return !handedOver && exitCode === EXIT.pass ? EXIT.internal : exitCode;
}

/** The most peers that a sentence names. */
const MOST_PEERS = 3;

/** A device that serves somebody else is somebody's: a campaign would disturb them. */
async function refuseOthers(target: Target, { observer }: Chosen): Promise<void> {
  if (!observer || target.embedded) return;
  const peers = await otherPeers(observer, target).catch(() => []);
  if (peers.length === 0) return;
  const more = peers.length > MOST_PEERS ? ` and ${peers.length - MOST_PEERS} more` : '';
  throw new UsageError(
    `others are connected to the device (${peers.slice(0, MOST_PEERS).join(', ')}${more}), and a campaign would disturb them: disconnect them first, or add --shared`,
  );
}

async function targetOf(given: RunArguments, embedded: EmbeddedDevice | undefined): Promise<Target> {
  const own = embedded && embeddedOptions(embedded);
  const { target, problems } = await resolveTarget(given.device, { ...given, ...own });
  if (!target) throw new UsageError(problems.join('\n'));
  if (given.tier === 'quick' && !target.given.has('idleTime')) target.times.idleTime = QUICK_IDLE_MS;
  return target;
}

interface Suites {
  /** What is to be run. */
  suites: Suite[];
  /** What a full campaign consists of. */
  builtin: Suite[];
}

/** Reads the suites; any problem in any of them keeps the campaign from starting. */
function suitesOf(given: RunArguments): Suites {
  const wanted = given.suite ?? [];
  const { files, problems: unknown } = findSuites(wanted);
  if (unknown.length > 0) throw new UsageError(unknown.join('\n'));
  const own = readSuites(builtinSuites());
  const chosen = wanted.length === 0 ? own : readSuites(files);
  const large = tooManyCells(chosen.suites, given.maxCells ?? MOST_CELLS);
  const problems = [...new Set([...chosen.problems, ...own.problems, ...large].map(formatProblem))];
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return { suites: chosen.suites, builtin: own.suites };
}
