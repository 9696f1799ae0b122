import { msToUs, nowUs } from '../history/clock.ts';
import type { Connection } from '../ncs/connection.ts';
import type { Step, StepOf, Verb } from '../suite/model.ts';
import type { TestRun } from './run.ts';
import { burst } from './steps/burst.ts';
import { churn } from './steps/churn.ts';
import { connect, open } from './steps/connect.ts';
import { endAll } from './steps/end.ts';
import { expectStep } from './steps/expect.ts';
import { accept, answer, listen } from './steps/newsroom.ts';
import { exchange } from './steps/exchange.ts';
import { endedByDevice } from './steps/await-answer.ts';
import { grid, play, type Playing } from './steps/grid.ts';
import { receive } from './steps/receive.ts';
import { requireStep } from './steps/require.ts';
import { sendOn } from './steps/send.ts';
import { vanishAll } from './steps/vanish.ts';
import { untilRead } from './until-read.ts';

/** What a verb does. */
type Play<V extends Verb> = (run: TestRun, step: StepOf<V>, playing: Playing) => void | Promise<void>;

/** How each verb is played: a verb that nothing plays does not compile. */
export const PLAYS: { [V in Verb]: Play<V> } = {
  connect,
  send: async (run, step) => {
    await Promise.all(run.latest(step.on).map((connection) => sendOn(run, connection, step, step.as)));
  },
  receive,
  exchange,
  'half-close': end,
  close: end,
  abort: end,
  'pause-reading': end,
  'resume-reading': end,
  reconnect,
  wait,
  repeat: async (run, step, { playSteps }) => {
    for (let round = run.values.count(step.times); round > 0; round -= 1) await playSteps(run, step.steps);
  },
  parallel: (run, step, { playSteps }) => sideBySide(run, step.branches, playSteps),
  grid,
  play,
  vanish: (run, step) => vanishAll(run, step.on),
  listen,
  accept,
  answer,
  churn,
  burst,
  require: (run, step) => requireStep(run, step.require),
  expect: expectStep,
};

/** Plays one step, whatever its verb. */
export async function playStep(run: TestRun, step: Step, playing: Playing): Promise<void> {
  const played = PLAYS[step.verb] as Play<Verb>;
  await played(run, step, playing);
}

function end(
  run: TestRun,
  step: StepOf<'half-close' | 'close' | 'abort' | 'pause-reading' | 'resume-reading'>,
): Promise<void> {
  return endAll(run, step.on, step.verb);
}

/**
 * Plays branches beside each other and waits for all of them. Slow sending in one of them (drip, endless) ends
 * when every branch without any has ended: it is there to be in the way of the others.
 */
async function sideBySide(
  run: TestRun,
  branches: readonly (readonly Step[])[],
  playSteps: Playing['playSteps'],
): Promise<void> {
  const others = new AbortController();
  const acting = branches.filter((branch) => !branch.some(sendsSlowly));
  const outer = run.slowly;
  const stop = (): void => others.abort(outer.reason);
  if (outer.aborted) stop();
  outer.addEventListener('abort', stop);
  if (acting.length > 0) run.slowly = others.signal;
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
  outer.removeEventListener('abort', stop);
  run.slowly = outer;
  const failed = played.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

function sendsSlowly(step: Step): boolean {
  return step.verb === 'send' && (step.drip !== undefined || step.endless !== undefined);
}

async function reconnect(run: TestRun, step: StepOf<'reconnect'>): Promise<void> {
  const [old] = run.latest(step.on);
  const port = old?.portName ?? run.port ?? 'upper';
  const local = step['same-port'] ? old?.tuple?.local : undefined;
  run.enter(step.as, [await open(run, { name: run.nextName(step.as), port, local, once: true })]);
}

async function wait(run: TestRun, step: StepOf<'wait'>): Promise<void> {
  const ms = run.values.ms(step.for);
  const until = step.until !== undefined && step.on !== undefined ? run.latest(step.on) : [];
  if (step.until === 'read') return void (await Promise.all(until.map((one) => untilRead(run, one, ms))));
  const answered = (one: Connection): boolean =>
    step.until === 'answer' && (one.ledger.requests.at(-1)?.answers.length ?? 0) > 0;
  const before = new Map(until.map((one) => [one, one.received.length]));
  const spoken = (one: Connection): boolean =>
    step.until === 'message' && one.received.length > (before.get(one) ?? 0);
  const arrived = (): boolean =>
    until.length > 0 && until.every((one) => answered(one) || spoken(one) || endedByDevice(run, one));
  await run.history.until(arrived, nowUs() + msToUs(ms), run.context.signal);
}
