import { setTimeout as pause } from 'node:timers/promises';
import { msToUs, nowUs } from '../history/clock.ts';
import { PORT_NAMES, type PortName } from '../history/facts.ts';
import { symptom } from '../history/symptoms.ts';
import { failed, passed, type Concluded } from '../judge/concluded.ts';
import type { PortHabits, TestRecord, TestResult } from '../results/results.ts';
import { sentence } from '../observe/blind.ts';
import type { PlayContext } from '../scenario/context.ts';
import { tidy } from '../scenario/play.ts';
import { declaredPorts } from '../scenario/ports.ts';
import { TestRun } from '../scenario/run.ts';
import { proveServing, RECOVERY_ATTEMPT_MS } from '../scenario/serving.ts';
import { StepFailure, unplayedStep } from '../scenario/step-failure.ts';
import { foldAssertions } from '../judge/lattice.ts';
import { ENCODINGS } from '../wire/types.ts';
import { calibrate } from './calibrate.ts';
import { findHabits } from './habits.ts';
import { machineInformation } from './machine-information.ts';
import { askOnce, type PortFinding } from './question.ts';
import { CLOSING, OPENING, sanitySkeleton, type SanityTest } from './sanity-tests.ts';
import { connectionResults } from './test-result.ts';

/** ms for which another encoding is tried on a device that is silent in its own. */
const OTHER_ENCODING_MS = 2_000;

/** ms between two attempts to reach a device that is about to listen. */
const RETRY_MS = 200;

/** What a sanity test found. */
export interface SanityResult {
  record: TestRecord;
  habits: Partial<Record<PortName, PortHabits>>;
  machine?: Record<string, string> | undefined;
  /** Why nothing else can be run. */
  stop?: string | undefined;
  /** Why only what needs no answer can be run. */
  mute?: string | undefined;
}

/**
 * The first test of a campaign: our own observers against a peer of our own, then what the device is like on
 * each port. Where it answers on none, one sentence says so, and nothing else is run but what needs no answer.
 */
export async function openingSanity(context: PlayContext): Promise<SanityResult> {
  const run = new TestRun(context, undefined, OPENING.id);
  const habits: Partial<Record<PortName, PortHabits>> = {};
  let machine: Record<string, string> | undefined;
  let stop: string | undefined;
  let mute: string | undefined;
  let crashed = false;
  try {
    const called = context.newsroom.untilCalled(context.target.times.recoveryTime, context.signal);
    await calibrate(run);
    const findings = await findOnceListening(run, called);
    for (const [port, finding] of findings) habits[port] = finding.habits;
    if (context.signal.aborted) throw unplayedStep('an answer', String(context.signal.reason));
    ({ stop, mute } = await whyStop(run, findings));
    if (stop === undefined) await called.then(() => enterCalls(run, habits));
    const asked = [...findings].find(([port, { habits }]) => port !== 'query' && habits.answers === 'reply');
    if (asked) machine = await machineInformation(run, asked[0]);
    if (stop === undefined && mute === undefined) assertAnswers(run, findings);
  } catch (error) {
    crashed = !(error instanceof StepFailure);
    stop = crashed ? `the harness failed: ${sentence(error)}` : sentence(error);
  }
  await finish(run);
  return {
    record: sanityRecord(run, OPENING, stop ?? mute, crashed),
    habits,
    machine,
    stop,
    mute,
  };
}

/** The last test: every port that answered at first still serves. */
export async function closingSanity(
  context: PlayContext,
  stopped: string | undefined,
): Promise<SanityResult> {
  const run = new TestRun(context, undefined, CLOSING.id);
  if (stopped !== undefined || context.signal.aborted) {
    const reason = stopped ?? String(context.signal.reason);
    await finish(run);
    const record = sanityRecord(run, CLOSING);
    record.result.applicability = 'not run';
    record.result.verdict = 'none';
    record.result.reason = reason;
    return { record, habits: {} };
  }
  const ports = PORT_NAMES.filter(
    (name) => context.habits[name] && context.habits[name].answers !== 'refused',
  );
  for (const port of ports) {
    const { concluded } = await proveServing(run, port, context.target.times.recoveryTime, {
      leastMs: RECOVERY_ATTEMPT_MS,
    });
    // Whatever held us up, a device that is lost at the end is worth saying.
    assertServes(run, port, concluded.outcome === 'fail' ? failed(concluded.symptom) : concluded);
  }
  await finish(run);
  return { record: sanityRecord(run, CLOSING), habits: {} };
}

/** ms that a device may take to listen once it has reached the newsroom. */
const LISTENING_MS = 3_000;

/** Some devices listen only after they have dialled: where a call may come, a refusal at first is not final. */
async function findOnceListening(
  run: TestRun,
  called: Promise<unknown>,
): Promise<Map<PortName, PortFinding>> {
  const { newsroom, signal, target } = run.context;
  let findings = await findAll(run);
  if (!target.listen || !refusesAll(findings)) return findings;
  await called;
  const untilUs = nowUs() + msToUs(LISTENING_MS);
  while (newsroom.called.length > 0 && refusesAll(findings) && nowUs() < untilUs && !signal.aborted) {
    await pause(RETRY_MS);
    findings = await findAll(run);
  }
  return findings;
}

function refusesAll(findings: Map<PortName, PortFinding>): boolean {
  return [...findings.values()].every(({ habits }) => habits.answers === 'refused');
}

async function findAll(run: TestRun): Promise<Map<PortName, PortFinding>> {
  const findings = new Map<PortName, PortFinding>();
  const main = declaredPorts(run.context.target).filter((name) => name !== 'query');
  const find = async (port: PortName): Promise<void> => {
    const slowest = Math.max(0, ...[...findings.values()].map(({ habits }) => habits.replyMs ?? 0));
    findings.set(port, await findHabits(run, port, slowest));
  };
  if (run.context.target.maxConnections < 2 * main.length) for (const port of main) await find(port);
  else await Promise.all(main.map(find));
  if (run.context.target.ports.query !== undefined) await find('query');
  return new Map(
    PORT_NAMES.flatMap((name) => (findings.has(name) ? [[name, findings.get(name)!] as const] : [])),
  );
}

/** The sentence with which a campaign ends before it began, or with which it is about sockets alone; or nothing. */
async function whyStop(
  run: TestRun,
  findings: Map<PortName, PortFinding>,
): Promise<Pick<SanityResult, 'stop' | 'mute'>> {
  const { target } = run.context;
  const main = [...findings].filter(([port]) => port !== 'query' || findings.size === 1);
  if (main.some(([, finding]) => finding.habits.answers === 'reply' || finding.closedUnasked)) return {};
  const texts = [...new Set(main.map(([port, finding]) => `${port}: ${finding.text}`))].join('; ');
  if (main.every(([, finding]) => finding.habits.answers === 'refused')) {
    return {
      stop: `the device cannot be reached at ${target.address} (${texts}); is it running, and are these its ports?`,
    };
  }
  const garbage = main.find(([, finding]) => finding.garbage !== undefined);
  if (garbage) return { stop: `what answers at ${target.address} does not speak MOS (${texts})` };
  const other = await answersInAnotherEncoding(run, main);
  if (other) {
    return {
      stop: `the device is silent in ${target.encoding} but answers in ${other}; if that is how it is configured, say so with --encoding ${other}`,
    };
  }
  return {
    mute: `the device does not answer to mosID ${target.mosId} and ncsID ${target.ncsId}; check both configurations (${texts})`,
  };
}

async function answersInAnotherEncoding(
  run: TestRun,
  main: readonly (readonly [PortName, PortFinding])[],
): Promise<string | undefined> {
  const silent = main.find(([, finding]) => finding.habits.answers === 'silence' && !finding.refusedIds);
  if (!silent) return undefined;
  for (const encoding of ENCODINGS) {
    if (encoding === run.context.target.encoding) continue;
    const waitMs = Math.min(OTHER_ENCODING_MS, run.context.target.times.replyTime);
    const asking = { waitMs, watchClose: false };
    const finding = await askOnce(run, silent[0], { message: 'heartbeat', encoding }, asking);
    if (finding.habits.answers === 'reply') return encoding;
  }
  return undefined;
}

function assertAnswers(run: TestRun, findings: Map<PortName, PortFinding>): void {
  for (const [port, finding] of findings) {
    if (finding.habits.answers === 'reply') assertServes(run, port, passed(finding.text));
    else if (finding.closedUnasked && port !== 'query') {
      assertServes(run, port, failed(symptom('closed-unasked')));
    } else run.history.record({ kind: 'note', about: 'device', text: `${port}: ${finding.text}` });
  }
}

function assertServes(run: TestRun, port: PortName, concluded: Concluded): void {
  const expected = `the ${port} port answers`;
  run.assert({ covers: ['SOCK-CON-01'], about: 'serving', expected, connections: [] }, concluded);
}

/** Notes on which ports the device has dialled the NCS by now, and what stood in the way. */
function enterCalls(run: TestRun, habits: Partial<Record<PortName, PortHabits>>): void {
  const { called, problems, strangers } = run.context.newsroom;
  for (const port of called) if (habits[port]) habits[port].dialsOut = true;
  const turnedAway = strangers.map(
    (address) => `a call from ${address} was turned away: it is not the address of the device`,
  );
  for (const text of [...problems.values(), ...turnedAway]) {
    run.history.record({ kind: 'note', about: 'harness', text });
  }
}

async function finish(run: TestRun): Promise<void> {
  await tidy(run);
  run.watch.stop();
  run.leave();
}

/**
 * What a sanity test has found.
 * @param stop why it has no verdict and nothing else can be run
 */
export function sanityRecord(run: TestRun, test: SanityTest, stop?: string, crashed = false): TestRecord {
  const folded = foldAssertions(run.assertions);
  const verdict =
    stop === undefined
      ? folded
      : { verdict: crashed ? ('error' as const) : ('inconc' as const), level: 'must' as const, reason: stop };
  const result: TestResult = {
    ...sanitySkeleton(test, run.context.seed),
    ...verdict,
    startedUs: run.startedUs,
    durationMs: Math.round((nowUs() - run.startedUs) / 100) / 10,
    assertions: run.assertions,
    connections: connectionResults(run),
  };
  return { result, facts: run.history.facts, source: '# built in: see docs' };
}
