import { msToUs, nowUs } from '../../history/clock.ts';
import { failed, notObservable, passed } from '../../judge/concluded.ts';
import type { Received } from '../../ncs/requests.ts';
import { requirement } from '../../requirements/catalogue.ts';
import type { Level } from '../../results/verdict.ts';
import type { CheckName } from '../../suite/checks.ts';
import type { StepOf } from '../../suite/model.ts';
import type { Target } from '../../subject/target.ts';
import type { CheckSubject, Declared, Deviation, MessageCheck } from '../../checks/check.ts';
import { PROFILE_0_CHECKS } from '../../checks/registry.ts';
import { contentName } from '../../wire/content-name.ts';
import { declaredPorts } from '../ports.ts';
import type { TestRun } from '../run.ts';
import { brokenStep } from '../step-failure.ts';

const CHECKS: Readonly<Record<CheckName, MessageCheck>> = PROFILE_0_CHECKS;

const LEVELS: readonly Level[] = ['must', 'should', 'may'];

/** ms for which another answer that mends the first is waited for, beside twice the usual time to a reply. */
const PATIENCE_MS = 300;

/** What a check is asked about: the message of a name, the name of another to compare it with. */
export interface CheckRequest {
  on: string;
  check: CheckName;
  like?: string;
  note?: true;
}

/** Whether a check is one of this module's. */
export function isCheck(name: string): name is CheckName {
  return Object.hasOwn(CHECKS, name);
}

/** Judges a received message by one check and records every deviation as an assertion of its own. */
export async function checkMessage(run: TestRun, step: StepOf<'expect'>, what: CheckRequest): Promise<void> {
  const { expected, about: kind } = CHECKS[what.check];
  const received = receivedAs(run, what.on);
  const found = await deviations(run, what);
  const connections = connectionOf(run, received);
  const about = (covers: readonly string[], level?: Level): Parameters<TestRun['assert']>[0] => ({
    covers,
    about: 'message',
    expected,
    connections,
    ...(level && { level }),
  });
  if (found === 'nothing to compare with') {
    return run.assert(about(step.covers), notObservable(`there is ${found}`));
  }
  const why = received && whyUnjudged(received, kind);
  if (why !== undefined) return run.assert(about(step.covers), notObservable(why));
  if (found.length === 0) {
    const nothing = CHECKS[what.check].vacuous?.(subjectOf(run, what));
    const concluded = nothing === undefined ? passed('it is as expected') : notObservable(nothing);
    run.assert(about(step.covers), concluded);
  }
  for (const { symptom, level } of found) {
    for (const id of step.covers) {
      const weaker = weakest([requirement(id).level, level ?? 'must', what.note ? 'may' : 'must']);
      run.assert(about([id], weaker), failed(symptom));
    }
  }
}

/** Why a check says nothing of a message: it is another one, or could not be read and so shows nothing for certain. */
function whyUnjudged({ message }: Received, kind: string | undefined): string | undefined {
  const name = contentName(message);
  if (kind !== undefined && kind !== name) return `${name} came, which it is not about`;
  return message.name === 'unreadable' ? 'the message could not be read whole' : undefined;
}

/** What a check finds about a message of this test. */
export async function deviations(
  run: TestRun,
  what: CheckRequest,
): Promise<readonly Deviation[] | 'nothing to compare with'> {
  const check = CHECKS[what.check];
  const subject = subjectOf(run, what);
  if (check.compares && !subject.like) return 'nothing to compare with';
  const first = check.find(subject);
  if (first.length === 0 || !check.patient) return first;
  const port = run.connections.find((one) => one.received.includes(subject.received))?.portName;
  const usualMs = (port && run.context.habits[port]?.replyMs) ?? 0;
  const mended = (): boolean => check.find(subject).length === 0;
  await run.history.until(mended, nowUs() + msToUs(PATIENCE_MS + 2 * usualMs), run.context.signal);
  return check.find(subject);
}

function subjectOf(run: TestRun, what: CheckRequest): CheckSubject {
  const like = what.like === undefined ? undefined : receivedAs(run, what.like);
  const received = receivedAs(run, what.on);
  if (!received) throw brokenStep(`a message called ${what.on}`, 'no such message was received');
  return { received, declared: declared(run.context.target), ...(like && { like }) };
}

/** A message by the name it was received under, or the answer to the request of that name. */
function receivedAs(run: TestRun, name: string): Received | undefined {
  const known = run.receivedBy.get(name);
  if (known) return known;
  return run.requests.get(name)?.findLast(({ answers }) => answers.length > 0)?.answers[0];
}

function connectionOf(run: TestRun, received: Received | undefined): string[] {
  const own = run.connections.find((connection) => received && connection.received.includes(received));
  return own ? [own.name] : [];
}

function declared(target: Target): Declared {
  const { mosId, ncsId, revision, profiles, times } = target;
  return { mosId, ncsId, revision, profiles, ports: declaredPorts(target), replyMs: times.replyTime };
}

function weakest(levels: readonly Level[]): Level {
  return levels.reduce((so, next) => (LEVELS.indexOf(next) > LEVELS.indexOf(so) ? next : so));
}
