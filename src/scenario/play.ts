import type { PortName } from '../history/facts.ts';
import type { Step, TestCase } from '../suite/model.ts';
import type { PlayContext } from './context.ts';
import { playStep } from './plays.ts';
import { declaredPorts, portsOf } from './ports.ts';
import { TestRun } from './run.ts';
import { undecided } from '../judge/concluded.ts';
import { brokenStep, NotApplicable, StepFailure, unplayedStep } from './step-failure.ts';
import { closeConnection } from './steps/end.ts';
import { forgetVanished } from './steps/vanish.ts';

/** How playing a test went; its assertions are in the run. */
export interface Played {
  run: TestRun;
  /** Why the test turned out not to apply. */
  notApplicable?: string;
}

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
  run.eachPort = portsOf(test, declaredPorts(context.target));
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
      : brokenStep('the harness to play the step', error instanceof Error ? error.message : String(error));
  const covers = run.failed?.covers.length ? run.failed.covers : SERVES;
  const { about, expected, concluded, connections } = failure;
  const isCutShort = run.context.signal.aborted && concluded.outcome === 'fail';
  run.assert(
    { covers, about, expected, connections },
    isCutShort ? undecided(`${String(run.context.signal.reason)} (${failure.message})`) : concluded,
  );
}

async function playSteps(run: TestRun, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (run.context.signal.aborted)
      throw unplayedStep('the test to be played to its end', String(run.context.signal.reason));
    run.current = step;
    try {
      const played = playStep(run, step, { playSteps, recordFailure });
      if (run.cell && isWatched(step))
        run.pending.push(played.catch((error: unknown) => recordFailure(run, error)));
      else await played;
    } catch (error) {
      run.failed ??= step;
      throw error;
    }
  }
}

/** Whether a step only waits for what nobody has to do anything for. */
function isWatched(step: Step): boolean {
  return step.verb === 'expect' && step.expect.kind === 'released';
}

/** Ends whatever a test left open. */
export async function tidy(run: TestRun): Promise<void> {
  giveBack(run);
  await forgetVanished(run);
  const open = run.connections.filter((connection) => connection.alive && !run.returned.has(connection));
  await Promise.all(open.map((connection) => closeConnection(run, connection)));
  run.values.dispose();
  for (const connection of open) if (!run.context.seesOrphans && connection.alive) await connection.close();
}

/** Returns what was borrowed of the NCS's own ports; connections that the test has not ended live on there. */
function giveBack(run: TestRun): void {
  if (run.listening.size === 0) return;
  run.context.newsroom.reset();
  for (const { taken } of [...run.listening.values()].flat()) {
    for (const call of taken) if (call.isOpen) run.returned.add(call.connection);
  }
}
