import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import { formatUs, msToUs, nowUs } from '../../history/clock.ts';
import type { SocketState } from '../../history/facts.ts';
import type { AssertionResult, CloseOutcome, Level } from '../../results/results.ts';
import type { Expectation, Step } from '../../suite/model.ts';
import { ExpectationError, type Subject } from '../../verdict/chai.ts';
import type { Judgement } from '../../verdict/judgement.ts';
import type { Settled } from '../../verdict/settle.ts';
import type { TestRun } from '../run.ts';
import { judgeServing } from '../serving.ts';
import { StepFailure } from '../step-failure.ts';
import { ended } from './ended.ts';
import { churnReleased, expectChurn } from './expect-churn.ts';
import { expectMessage } from './expect-message.ts';
import { releaseLevel } from './release-level.ts';

type ExpectStep = Extract<Step, { verb: 'expect' }>;
type Kind<K extends Expectation['kind']> = Extract<Expectation, { kind: K }>;

/** Waits for one expectation and records what became of it; a failure does not end the test. */
export async function expectStep(run: TestRun, step: ExpectStep): Promise<void> {
  const { expect: what } = step;
  if (what.kind === 'serving') return serving(run, step, what);
  if (what.kind === 'listening') return listening(run, step, what);
  if (what.kind === 'ended') return ended(run, step, what);
  if (what.kind === 'descriptors') return descriptors(run, step, what);
  if (what.kind === 'churn') return expectChurn(run, step, what);
  if (what.kind === 'released' && run.churns.has(what.on)) return churnReleased(run, step, what.on);
  if (what.kind === 'released' || what.kind === 'state' || what.kind === 'outcome' || what.kind === 'open') {
    return sockets(run, step, what);
  }
  return expectMessage(run, step);
}

async function sockets(
  run: TestRun,
  step: ExpectStep,
  what: Kind<'released'> | Kind<'state'> | Kind<'outcome'> | Kind<'open'>,
): Promise<void> {
  const names = run.all(what.on).map((connection) => connection.name);
  if (names.length === 0) throw new StepFailure('error', `a connection called ${what.on}`, 'there is none');
  const subject: Subject = {
    names,
    history: run.history,
    look: () => run.watch.look(),
    lagUs: () => run.watch.sight().lagUs,
    signal: run.context.signal,
    proxied: run.context.target.path === 'proxied',
    releaseMs: run.context.target.times.releaseTime,
  };
  const { expected, promise } = start(run, subject, what);
  const note = what.kind === 'open' && what.note;
  const level = note ? 'may' : what.kind === 'released' ? releaseLevel(run) : undefined;
  await record(run, step, { expected, names, ...(level && { level }) }, promise);
}

function start(
  run: TestRun,
  subject: Subject,
  what: Kind<'released'> | Kind<'state'> | Kind<'outcome'> | Kind<'open'>,
): { expected: string; promise: Promise<Settled> } {
  const { values } = run;
  if (what.kind === 'open') {
    const ms = values.ms(what.for);
    return { expected: `stays open for ${seconds(ms)}`, promise: expect(subject).stayOpen(ms) };
  }
  const ms = values.ms(what.within);
  if (what.kind === 'released') {
    const where =
      what.ends === 'both' ? 'at both ends' : what.ends === 'ncs' ? 'at our end' : 'at the device';
    return {
      expected: `released ${where} within ${seconds(ms)} of our close`,
      promise: expect(subject).to.be.released(what.ends).within(ms),
    };
  }
  if (what.kind === 'state') {
    return {
      expected: `${what.state.join(' or ')} ${what.at === 'ncs' ? 'here' : 'at the device'} within ${seconds(ms)}`,
      promise: expect(subject)
        .to.reach(what.state as SocketState[], what.at)
        .within(ms),
    };
  }
  return {
    expected: `ends ${what.outcome.join(' or ')} within ${seconds(ms)}`,
    promise: expect(subject)
      .to.have.outcome(...(what.outcome as CloseOutcome[]))
      .within(ms),
  };
}

function seconds(ms: number): string {
  return formatUs(msToUs(ms));
}

async function record(
  run: TestRun,
  step: ExpectStep,
  about: { expected: string; names: string[]; level?: Level },
  promise: Promise<Settled>,
): Promise<void> {
  const { expected, names, level } = about;
  const input = { covers: step.covers, expected, connections: names, ...(level && { level }) };
  try {
    const settled = await promise;
    run.assert(input, settled.outcome, settled);
  } catch (error) {
    if (!(error instanceof ExpectationError)) throw error;
    run.assert(input, error.settled.outcome, error.settled);
  }
}

async function serving(run: TestRun, step: ExpectStep, what: Kind<'serving'>): Promise<void> {
  const withinMs =
    what.within === undefined ? run.context.target.times.replyTime : run.values.ms(what.within);
  for (const port of run.ports(what.port)) {
    const judgement = await judgeServing(run, port, withinMs);
    const outcome: AssertionResult['outcome'] =
      judgement.standing === 'holds' ? 'pass' : judgement.standing === 'refuted' ? 'fail' : 'inconc';
    const expected = `the ${port} port serves a new connection within ${seconds(withinMs)}`;
    run.assert({ covers: step.covers, expected, connections: ['probe'] }, outcome, { judgement });
  }
}

async function listening(run: TestRun, step: ExpectStep, what: Kind<'listening'>): Promise<void> {
  for (const name of run.ports(what.port)) {
    const seen = await run.context.listening(run.context.target.ports[name] ?? 0);
    const actual =
      seen === undefined
        ? "nothing here sees the device's listeners"
        : seen
          ? 'a listener is there'
          : 'no listener is there';
    const outcome = seen === undefined ? 'not observable' : seen ? 'pass' : 'fail';
    const judgement: Judgement = { standing: seen ? 'holds' : 'refuted', actual, means: ['sock_diag'] };
    run.assert(
      { covers: step.covers, expected: `a listener on the ${name} port`, connections: [] },
      outcome,
      { judgement },
    );
  }
}

/** Descriptors may be given back a moment after the reset: the count is taken again until it has fallen. */
async function descriptors(run: TestRun, step: ExpectStep, what: Kind<'descriptors'>): Promise<void> {
  const before = run.descriptorsBefore;
  const cycles = run.churns.get(what.on)?.report.tally.opened ?? run.all(what.on).length;
  const count = (): number | undefined => run.context.descriptors?.unlisted();
  const deadlineUs = nowUs() + msToUs(run.context.target.times.releaseTime);
  let now = count();
  while (
    before !== undefined &&
    now !== undefined &&
    now - before >= what.remark * cycles &&
    nowUs() < deadlineUs
  ) {
    await pause(250);
    now = count();
  }
  const expected = `fewer than ${Math.ceil(what.remark * cycles)} descriptors without a connection after ${cycles} connections`;
  const input = { covers: step.covers, expected, connections: [what.on] };
  if (before === undefined || now === undefined || cycles === 0) {
    const actual =
      cycles === 0 ? 'no connection was opened' : "the descriptors of the device's process are not visible";
    run.assert(input, 'not observable', { judgement: { standing: 'unobservable', actual, means: [] } });
    return;
  }
  const grown = now - before;
  const judgement: Judgement = { standing: 'holds', actual: `${grown} more than before`, means: ['fd'] };
  if (grown >= what.fail * cycles) run.assert(input, 'fail', { judgement });
  else if (grown >= what.remark * cycles) run.assert({ ...input, level: 'should' }, 'fail', { judgement });
  else run.assert(input, 'pass', { judgement });
}
