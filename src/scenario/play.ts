import { msToUs, nowUs } from '../history/clock.ts';
import type { PortName } from '../history/facts.ts';
import type { Connection } from '../ncs/connection.ts';
import type { Step, TestCase } from '../suite/model.ts';
import { judgeReleased } from '../verdict/released.ts';
import { viewOf } from '../verdict/view.ts';
import type { PlayContext } from './context.ts';
import { TestRun } from './run.ts';
import { NotApplicable, StepFailure } from './step-failure.ts';
import { churn } from './steps/churn.ts';
import { connect, open } from './steps/connect.ts';
import { closeConnection, endAll } from './steps/end.ts';
import { expectStep } from './steps/expect.ts';
import { accept, answer, listen } from './steps/newsroom.ts';
import { endedByDevice, exchange, receive } from './steps/receive.ts';
import { requireStep } from './steps/require.ts';
import { sendOn } from './steps/send.ts';
import { forgetVanished, vanishAll } from './steps/vanish.ts';

/** How playing a test went; its assertions are in the run. */
export interface Played {
  run: TestRun;
  /** Why the test turned out not to apply. */
  notApplicable?: string;
}

/** A device that holds no more connections than this at once gets time to give one back before the next test. */
const SCARCE = 24;

/** What an action is charged to where the suite does not say: the application does not serve. */
const SERVES = ['SOCK-CON-01'];

/**
 * Plays one test on one port. Never rejects: what goes wrong is an assertion, what does not apply a reason.
 * Connections are left as the last step left them; {@link tidy} ends them.
 */
export async function play(
  test: TestCase,
  port: PortName | undefined,
  context: PlayContext,
): Promise<Played> {
  const run = new TestRun(context, port, test.id);
  if (mentions(test.steps, 'descriptors')) run.descriptorsBefore = context.descriptors?.unlisted();
  try {
    await playSteps(run, test.steps);
  } catch (error) {
    if (error instanceof NotApplicable) {
      if (run.assertions.length === 0) return { run, notApplicable: error.message };
    } else recordFailure(run, error);
  }
  return { run };
}

function mentions(steps: readonly Step[], kind: string): boolean {
  return steps.some((step) => step.verb === 'expect' && step.expect.kind === kind);
}

function recordFailure(run: TestRun, error: unknown): void {
  const failure =
    error instanceof StepFailure
      ? error
      : new StepFailure(
          'error',
          'the harness to play the step',
          error instanceof Error ? error.message : String(error),
        );
  const covers = run.failed?.covers.length ? run.failed.covers : SERVES;
  const outcome = run.context.signal.aborted && failure.outcome === 'fail' ? 'inconc' : failure.outcome;
  const actual =
    outcome === failure.outcome ? failure.message : `the campaign was interrupted (${failure.message})`;
  const input = { covers, expected: failure.expected, connections: failure.connections };
  run.assert(input, outcome, {
    judgement: { standing: 'refuted', actual, means: ['descriptor'], timing: true },
  });
}

async function playSteps(run: TestRun, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (run.context.signal.aborted)
      throw new StepFailure('inconc', 'the test to be played to its end', 'the campaign was interrupted');
    run.current = step;
    try {
      await playStep(run, step);
    } catch (error) {
      run.failed ??= step;
      throw error;
    }
  }
}

async function playStep(run: TestRun, step: Step): Promise<void> {
  switch (step.verb) {
    case 'connect':
      return connect(run, step);
    case 'send':
      await Promise.all(run.latest(step.on).map((connection) => sendOn(run, connection, step, step.as)));
      return;
    case 'receive':
      return receive(run, step);
    case 'exchange':
      return exchange(run, step);
    case 'half-close':
    case 'close':
    case 'abort':
    case 'pause-reading':
    case 'resume-reading':
      return endAll(run, step.on, step.verb);
    case 'reconnect':
      return reconnect(run, step);
    case 'wait':
      return wait(run, step);
    case 'repeat':
      for (let round = run.values.count(step.times); round > 0; round -= 1) await playSteps(run, step.steps);
      return;
    case 'parallel':
      return sideBySide(run, step.branches);
    case 'vanish':
      return vanishAll(run, step.on);
    case 'listen':
      return listen(run, step);
    case 'accept':
      return accept(run, step);
    case 'answer':
      return answer(run, step);
    case 'churn':
      return churn(run, step);
    case 'require':
      return requireStep(run, step.require);
    case 'expect':
      return expectStep(run, step);
  }
}

/**
 * Plays branches beside each other and waits for all of them. Slow sending in one of them (drip, endless) ends
 * when every branch without any has ended: it is there to be in the way of the others.
 */
async function sideBySide(run: TestRun, branches: readonly (readonly Step[])[]): Promise<void> {
  const others = new AbortController();
  const acting = branches.filter((branch) => !branch.some(sendsSlowly));
  const outer = run.slowly;
  if (acting.length > 0) run.slowly = AbortSignal.any([outer, others.signal]);
  let playing = acting.length;
  const played = await Promise.allSettled(
    branches.map(async (branch) => {
      try {
        await playSteps(run, branch);
      } finally {
        if (acting.includes(branch) && (playing -= 1) === 0) others.abort();
      }
    }),
  );
  run.slowly = outer;
  const failed = played.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

function sendsSlowly(step: Step): boolean {
  return step.verb === 'send' && (step.drip !== undefined || step.endless !== undefined);
}

async function reconnect(run: TestRun, step: Extract<Step, { verb: 'reconnect' }>): Promise<void> {
  const [old] = run.latest(step.on);
  const port = old?.portName ?? run.port ?? 'upper';
  const local = step.samePort ? old?.tuple?.local : undefined;
  run.enter(step.as, [await open(run, { name: run.nextName(step.as), port, local, once: true })]);
}

async function wait(run: TestRun, step: Extract<Step, { verb: 'wait' }>): Promise<void> {
  const ms = run.values.ms(step.for);
  const until = step.until !== undefined && step.on !== undefined ? run.latest(step.on) : [];
  const answered = (one: Connection): boolean =>
    step.until === 'answer' && (one.ledger.requests.at(-1)?.answers.length ?? 0) > 0;
  const before = new Map(until.map((one) => [one, one.received.length]));
  const spoken = (one: Connection): boolean =>
    step.until === 'message' && one.received.length > (before.get(one) ?? 0);
  const arrived = (): boolean =>
    until.length > 0 && until.every((one) => answered(one) || spoken(one) || endedByDevice(run, one));
  await run.history.until(arrived, nowUs() + msToUs(ms), run.context.signal);
}

/**
 * Ends whatever a test left open, and waits for it to be gone where the device is short of connections: the next
 * test must not be charged for what this one holds.
 */
export async function tidy(run: TestRun): Promise<void> {
  giveBack(run);
  await forgetVanished(run);
  const open = run.connections.filter((connection) => connection.alive && !run.returned.has(connection));
  await Promise.all(open.map((connection) => closeConnection(run, connection)));
  run.values.dispose();
  for (const connection of open) if (!run.context.seesOrphans && connection.alive) await connection.close();
  if (run.context.target.maxConnections > SCARCE) return;
  const gone = (): boolean =>
    open.every(
      (one) =>
        judgeReleased(viewOf(one.name, run.history.of(one.name)), { ends: 'ncs' }).standing !== 'pending',
    );
  await run.history.until(gone, nowUs() + msToUs(run.context.target.times.releaseTime), run.context.signal);
}

/** Returns what was borrowed of the NCS's own ports; connections that the test has not ended live on there. */
function giveBack(run: TestRun): void {
  if (run.listening.size === 0) return;
  run.context.newsroom.reset();
  for (const { taken } of [...run.listening.values()].flat()) {
    for (const call of taken) if (call.isOpen) run.returned.add(call.connection);
  }
}
