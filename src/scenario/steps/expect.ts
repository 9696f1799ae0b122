import { expect } from 'chai';
import { formatUs, msToUs } from '../../history/clock.ts';
import type { Means, SocketState } from '../../history/facts.ts';
import { measured, symptom, type Matter } from '../../history/symptoms.ts';
import type { CloseOutcome } from '../../results/outcome.ts';
import type { Level } from '../../results/verdict.ts';
import type { ExpectationKind, ExpectationOf, StepOf } from '../../suite/model.ts';
import { ExpectationError, type Subject } from '../../judge/chai.ts';
import { failed, notObservable, passed, type Concluded } from '../../judge/concluded.ts';
import type { TestRun } from '../run.ts';
import { descriptorsGrown } from '../descriptors.ts';
import { proveServing } from '../serving.ts';
import { brokenStep } from '../step-failure.ts';
import { accepted } from './accepted.ts';
import { answered } from './answered.ts';
import { checkOwn } from './check-own.ts';
import { refuseTooMany } from './connect.ts';
import { ended } from './ended.ts';
import { churnReleased, expectChurn } from './expect-churn.ts';
import { check, field, never, noMessage } from './expect-message.ts';
import { releaseLevel } from './release-level.ts';

type ExpectStep = StepOf<'expect'>;

/** How each kind of expectation is judged: a kind that nothing judges does not compile. */
const JUDGED: { [K in ExpectationKind]: Judged<K> } = {
  released: (run, step, what) =>
    run.churns.has(what.on) ? churnReleased(run, step, what.on) : sockets(run, step, what),
  state: sockets,
  outcome: sockets,
  ended,
  open: sockets,
  serving,
  listening,
  answered,
  accepted,
  no: noMessage,
  path: field,
  check,
  own: checkOwn,
  never,
  descriptors,
  churn: expectChurn,
};

type Judged<K extends ExpectationKind> = (
  run: TestRun,
  step: ExpectStep,
  what: ExpectationOf<K>,
) => void | Promise<void>;

/** The requirements that an accepted connection does not fulfil. */
export const ANSWERS: ReadonlySet<string> = new Set(['SOCK-CON-01', 'SOCK-CON-02']);

/** What the expectations about sockets are about. */
const MATTER = { released: 'release', state: 'state', outcome: 'release', open: 'staying-open' } as const;

/** Waits for one expectation and records what became of it; a failure does not end the test. */
export async function expectStep(run: TestRun, step: ExpectStep): Promise<void> {
  const judged = JUDGED[step.expect.kind] as Judged<ExpectationKind>;
  await judged(run, step, step.expect);
}

async function sockets(
  run: TestRun,
  step: ExpectStep,
  what: ExpectationOf<'released' | 'state' | 'outcome' | 'open'>,
): Promise<void> {
  const names = run.all(what.on).map((connection) => connection.name);
  if (names.length === 0) throw brokenStep(`a connection called ${what.on}`, 'there is none');
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
  const level =
    what.kind === 'released' ? releaseLevel(run) : what.kind === 'open' ? weightOf(what) : undefined;
  await record(run, step, { matter: MATTER[what.kind], expected, names, ...(level && { level }) }, promise);
}

function weightOf({ note, remark }: ExpectationOf<'open'>): Level | undefined {
  if (note) return 'may';
  return remark ? 'should' : undefined;
}

function start(
  run: TestRun,
  subject: Subject,
  what: ExpectationOf<'released' | 'state' | 'outcome' | 'open'>,
): { expected: string; promise: Promise<Concluded> } {
  const { values } = run;
  if (what.kind === 'open') {
    const ms = values.ms(what.for);
    return { expected: `stays open for ${seconds(ms)}`, promise: expect(subject).stayOpen(ms) };
  }
  const ms = values.ms(what.within);
  if (what.kind === 'released') {
    const where =
      what.released === 'both' ? 'at both ends' : what.released === 'ncs' ? 'at our end' : 'at the device';
    return {
      expected: `released ${where} within ${seconds(ms)} of our close`,
      promise: expect(subject).to.be.released(what.released).within(ms),
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
  about: { matter: Matter; expected: string; names: string[]; level?: Level },
  promise: Promise<Concluded>,
): Promise<void> {
  const { matter, expected, names, level } = about;
  const input = { covers: step.covers, about: matter, expected, connections: names };
  const concluded = await promise.catch((error: unknown) => {
    if (error instanceof ExpectationError) return error.concluded;
    throw error;
  });
  run.assert({ ...input, ...(level && { level }) }, concluded);
}

async function serving(run: TestRun, step: ExpectStep, what: ExpectationOf<'serving'>): Promise<void> {
  const withinMs =
    what.within === undefined ? run.context.target.times.replyTime : run.values.ms(what.within);
  for (const port of run.ports(what.port)) {
    refuseTooMany(run);
    // What says that the application answers is no matter of how it was at first.
    const depth = step.covers.some((id) => ANSWERS.has(id)) ? ('answers' as const) : undefined;
    const { concluded, connections } = await proveServing(run, port, withinMs, { depth });
    const expected = `the ${port} port serves a new connection within ${seconds(withinMs)}`;
    run.assert({ covers: step.covers, about: 'serving', expected, connections }, concluded);
  }
}

async function listening(run: TestRun, step: ExpectStep, what: ExpectationOf<'listening'>): Promise<void> {
  for (const name of run.ports(what.port)) {
    const seen = await run.context.listening(run.context.target.ports[name] ?? 0);
    const expected = `a listener on the ${name} port`;
    run.assert({ covers: step.covers, about: 'listening', expected, connections: [] }, listenerSeen(seen));
  }
}

function listenerSeen(seen: boolean | undefined): Concluded {
  if (seen === undefined) return notObservable("nothing here sees the device's listeners");
  const means: Means[] = ['sock_diag'];
  return seen ? passed('a listener is there', means) : failed(symptom('no-listener'), { means });
}

/** Descriptors may be given back a moment after the reset: the count is taken again until it has fallen. */
async function descriptors(
  run: TestRun,
  step: ExpectStep,
  what: ExpectationOf<'descriptors'>,
): Promise<void> {
  const cycles = run.churns.get(what.on)?.report.tally.opened ?? run.all(what.on).length;
  const few = what.descriptors.remark * cycles;
  const grown = cycles === 0 ? undefined : await descriptorsGrown(run.context, run.descriptorsBefore, few);
  const expected = `fewer than ${Math.ceil(few)} descriptors without a connection after ${cycles} connections`;
  const input = { covers: step.covers, about: 'descriptors' as const, expected, connections: [what.on] };
  if (grown === undefined) {
    const actual =
      cycles === 0 ? 'no connection was opened' : "the descriptors of the device's process are not visible";
    return run.assert(input, notObservable(actual));
  }
  const means: Means[] = ['fd'];
  if (grown < few) return run.assert(input, passed(`${grown} more than before`, means));
  const kept = failed(measured('descriptors-kept', { grown, connections: cycles }), { means });
  run.assert({ ...input, ...(grown < what.descriptors.fail * cycles && { level: 'should' }) }, kept);
}
