import { msToUs, nowUs } from '../history/clock.ts';
import type { PortName } from '../history/facts.ts';
import { rootOf, type Symptom } from '../history/symptoms.ts';
import type { Connection } from '../ncs/connection.ts';
import { sentence } from '../observe/blind.ts';
import type { TestRecord } from '../results/results.ts';
import { PROBE } from '../suite/our-names.ts';
import { isGentle } from './alone.ts';
import type { PlayContext } from '../scenario/context.ts';
import { play, tidy, type Played } from '../scenario/play.ts';
import { declaredPorts } from '../scenario/ports.ts';
import { TestRun } from '../scenario/run.ts';
import { untilRoom } from '../scenario/steps/connect.ts';
import { closeConnection } from '../scenario/steps/end.ts';
import { proveServing, RECOVERY_ATTEMPT_MS, type ServingProof } from '../scenario/serving.ts';
import { failed, toldBy } from '../judge/concluded.ts';
import { closeOutcome } from '../judge/outcome.ts';
import { judgeReleased } from '../judge/released.ts';
import { endedByUsUs, viewOf } from '../judge/view.ts';
import { learnHabits } from './learn.ts';
import type { PlannedTest } from './plan.ts';
import { isSlow, isSlowDevice } from './slow.ts';
import { testResult } from './test-result.ts';

/** ms that the connections closed last get to show how they end. */
const LAST_LOOK_MS = 250;

/** How many new connections are tried before a device that kept silent on one counts as lost. */
const NEW_ATTEMPTS = 3;

/** An answer may take so many times as long as the first ones. */
const SLOWER = 4;

/** What became of a test, and whether the device still serves after it. */
export interface TestOutcome {
  record: TestRecord;
  /** Why the device counts as lost. */
  lost?: string;
}

/** A connection of a test and a port on which a late close is worth waiting for. */
interface Overdue {
  connection: Connection;
  port: PortName;
}

/**
 * Plays one test to its end: the steps, the watch for a late close (once a port), the tidying up, and the probe
 * that every port of the device serves again. A device that does not is lost, and this test is the one that
 * says so.
 */
export async function runTest(planned: PlannedTest, context: PlayContext): Promise<TestOutcome> {
  const played = await play(planned.test, planned.port, context);
  const { run } = played;
  try {
    learnHabits(run);
    await watchForLateClose(run);
    await tidy(run);
    const touched = run.connections.length > 0 || run.assertions.some((one) => one.outcome === 'fail');
    const lost = touched ? await proveAtEnd(played, planned) : undefined;
    await lookOnceMore(run);
    const record = testResult(planned, played, context.seed);
    return lost === undefined ? { record } : { record, lost };
  } catch (error) {
    return { record: crashedRecord(planned, played, error, context.seed) };
  } finally {
    run.watch.stop();
    run.leave();
    const ours = run.connections.filter((connection) => !run.returned.has(connection));
    for (const connection of ours) if (connection.alive) connection.discard();
  }
}

/** What is only watched needs nothing else to stay open. */
async function closeOthers(run: TestRun, overdue: readonly Overdue[]): Promise<void> {
  const watched = new Set(overdue.map(({ connection }) => connection));
  const open = run.open.filter((one) => one.direction === 'to device' && !watched.has(one));
  await Promise.all(open.map((one) => closeConnection(run, one)));
}

/**
 * Nobody else acts while the proofs are made, unless the device takes its time to answer and the test was gentle; and
 * nobody does after a device that is lost.
 */
async function proveAtEnd(played: Played, planned: PlannedTest): Promise<string | undefined> {
  const { turn, habits } = played.run.context;
  const prove = (): Promise<string | undefined> => probe(played, planned);
  const isUnhurried = isSlowDevice(habits) && isGentle(planned.test);
  const lost = await (turn && !isUnhurried ? turn.proving(prove) : prove());
  if (lost === undefined) turn?.proved();
  else turn?.stay();
  return lost;
}

/** What was played stays, with the harness to blame for the rest. */
function crashedRecord(planned: PlannedTest, played: Played, error: unknown, seed: number): TestRecord {
  delete played.notApplicable;
  const covers = planned.test.covers.length > 0 ? planned.test.covers : ['SOCK-CON-01'];
  const actual = `the harness failed: ${sentence(error)}`;
  const expected = 'the harness to end the test';
  const input = { covers: covers.slice(0, 1), about: 'harness' as const, expected, connections: [] };
  played.run.assert(input, { outcome: 'error', actual, means: [] });
  return testResult(planned, played, seed);
}

/** Lets the connections that were closed last show how they end, so that the report has it. */
async function lookOnceMore(run: TestRun): Promise<void> {
  const accused = new Set(run.assertions.flatMap((one) => (one.outcome === 'fail' ? one.connections : [])));
  const settled = (): boolean =>
    run.connections.every((one) => {
      const view = viewOf(one.name, run.history.of(one.name));
      return (
        accused.has(one.name) ||
        view.openedUs === undefined ||
        judgeReleased(view, { ends: 'ncs' }).standing !== 'pending'
      );
    });
  await run.history.until(settled, nowUs() + msToUs(LAST_LOOK_MS), run.context.signal);
}

/** Tells late from never: once per port, what a failed release is about is watched until lateTime. */
async function watchForLateClose(run: TestRun): Promise<void> {
  const { lateTime, releaseTime } = run.context.target.times;
  const accused = new Set(run.assertions.flatMap((one) => (one.outcome === 'fail' ? one.connections : [])));
  const overdue = run.connections.flatMap((connection): Overdue[] => {
    const port = connection.portName;
    if (port === undefined || run.context.lateWatched.has(port) || !accused.has(connection.name)) return [];
    const view = viewOf(connection.name, run.history.of(connection.name));
    return closeOutcome(view, msToUs(releaseTime)).outcome === 'never closed' ? [{ connection, port }] : [];
  });
  if (overdue.length === 0) return;
  for (const { port } of overdue) run.context.lateWatched.add(port);
  await closeOthers(run, overdue);
  const view = (name: string): ReturnType<typeof viewOf> => viewOf(name, run.history.of(name));
  const startUs = Math.max(...overdue.map(({ connection }) => endedByUsUs(view(connection.name)) ?? nowUs()));
  const allReleased = (): boolean =>
    overdue.every(
      ({ connection }) => judgeReleased(view(connection.name), { ends: 'ncs' }).standing === 'holds',
    );
  await run.history.until(allReleased, startUs + msToUs(lateTime), run.context.signal);
}

/** Probes every declared port, each one that the test's last assertion has not just proved to serve. */
async function probe(played: Played, planned: PlannedTest): Promise<string | undefined> {
  const { run } = played;
  const { signal } = run.context;
  if (signal.aborted) return undefined;
  const lost = await proveAll(run, { proven: provenPort(run, planned) });
  if (lost?.concluded.outcome !== 'fail' || signal.aborted) return undefined;
  const { symptom } = lost.concluded;
  const served = rootOf(symptom).code === 'no-reply' && (await servesOthers(run));
  const charged = served
    ? { ...symptom, remark: 'a new connection was served afterwards' }
    : { ...symptom, code: 'device-lost' as const };
  chargeLoss(run, planned, { ...lost, symptom: charged }, played.notApplicable !== undefined);
  delete played.notApplicable;
  return served ? undefined : toldBy(lost.concluded);
}

/** Whether new connections are served where one was met by silence: then it is that one that was lost. */
async function servesOthers(run: TestRun): Promise<boolean> {
  const slowest = Math.max(...Object.values(run.context.habits).map(({ replyMs = 0 }) => replyMs), 0);
  const withinMs = Math.max(RECOVERY_ATTEMPT_MS, SLOWER * slowest);
  for (let turn = 0; turn < NEW_ATTEMPTS && !run.context.signal.aborted; turn += 1)
    if ((await proveAll(run, { withinMs })) === undefined) return true;
  return false;
}

/**
 * Whether every port of the device serves after what a test has done so far, so that another may act on it. The proof
 * is no part of the test: one that is not shown to serve is found out once more at its end.
 */
export async function servesAfter({ test, port }: PlannedTest, context: PlayContext): Promise<boolean> {
  if (context.signal.aborted) return true;
  const beside = new TestRun(context, port, PROBE);
  try {
    const isUnhurried = isSlowDevice(context.habits) && isGentle(test);
    return (await proveAll(beside, isUnhurried ? { depth: 'accepts' } : {})) === undefined;
  } finally {
    beside.watch.stop();
    beside.leave();
    for (const connection of beside.connections) if (connection.alive) connection.discard();
  }
}

/** How the ports are probed. */
interface Proving {
  /** A port that is known to serve. */
  proven?: PortName | undefined;
  depth?: 'accepts' | undefined;
  /** recoveryTime if absent. */
  withinMs?: number;
}

/** Probes every declared port that answered at first, save one that is proven to serve; the result is one that does not. */
async function proveAll(
  run: TestRun,
  { proven, depth, withinMs = run.context.target.times.recoveryTime }: Proving,
): Promise<ServingProof | undefined> {
  const { target } = run.context;
  const ports = declaredPorts(target).filter((name) => name !== proven);
  const deadBefore = ports.filter((name) => run.context.habits[name]?.answers === 'refused');
  const prove = (port: PortName): Promise<ServingProof> =>
    proveServing(run, port, withinMs, {
      depth: isSlow(run.context.habits[port]) && port !== run.port ? 'accepts' : depth,
      leastMs: RECOVERY_ATTEMPT_MS,
    });
  const alive = ports.filter((port) => !deadBefore.includes(port));
  const hasFew = target.maxConnections < 2 * alive.length;
  if (!hasFew) await untilRoom(run, alive.length);
  const proofs = hasFew ? await oneByOne(alive, prove) : await Promise.all(alive.map(prove));
  return proofs.find(({ concluded }) => concluded.outcome === 'fail');
}

async function oneByOne<T, R>(items: readonly T[], judge: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await judge(item));
  return results;
}

/**
 * The port whose service the last assertion of the test has just proved. A device that answers promptly is asked
 * once more all the same, because a listener may die of the close of that very probe.
 */
function provenPort(run: TestRun, planned: PlannedTest): PortName | undefined {
  if (run.port === undefined || !isSlow(run.context.habits[run.port])) return undefined;
  const last = planned.test.steps.at(-1);
  if (last?.verb !== 'expect' || last.expect.kind !== 'serving' || last.expect.port !== 'each')
    return undefined;
  return run.assertions.at(-1)?.outcome === 'pass' ? run.port : undefined;
}

/** The loss is charged to what the test itself says about serving afterwards, else to the duty to serve at all. */
function chargeLoss(
  run: TestRun,
  planned: PlannedTest,
  { symptom, connections }: { symptom: Symptom; connections: readonly string[] },
  inapplicable: boolean,
): void {
  const already = run.assertions.some((one) => one.outcome === 'fail' && one.about === 'serving');
  if (already) return;
  const servingStep = planned.test.steps.findLast(
    (step) => step.verb === 'expect' && step.expect.kind === 'serving',
  );
  const covers = servingStep?.covers.length ? servingStep.covers : ['SOCK-CON-01'];
  const when = inapplicable ? 'after a test that turned out not to apply' : 'after the test';
  const expected = `every port serves again within recoveryTime ${when}`;
  run.assert({ covers, about: 'serving', expected, connections }, failed(symptom));
}
