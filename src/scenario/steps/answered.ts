import { formatUs, msToUs } from '../../history/clock.ts';
import { measured, symptom, type Symptom } from '../../history/symptoms.ts';
import { failed, passed, undecided, type Concluded } from '../../judge/concluded.ts';
import { splitsTried } from '../../judge/sentences/share.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Received } from '../../ncs/requests.ts';
import type { ExpectationOf, StepOf } from '../../suite/model.ts';
import { contentName } from '../../wire/content-name.ts';
import type { TestRun } from '../run.ts';
import type { SplitAccount } from '../split-account.ts';
import { brokenStep } from '../step-failure.ts';
import { surplus, type Asked } from './answer-count.ts';
import { awaitAnswer, isRefusal } from './await-answer.ts';

type ExpectStep = StepOf<'expect'>;
type Answered = ExpectationOf<'answered'>;

/** What became of an expectation. */
interface Outcome {
  expected: string;
  names: string[];
  concluded: Concluded;
  /** Weaker than the requirement. */
  level?: 'should';
}

/** Waits until every request of a name is answered, in the order in which they were sent. */
export async function answered(run: TestRun, step: ExpectStep, what: Answered): Promise<void> {
  const account = run.splits.get(what.answered);
  const { expected, names, concluded, level } = account
    ? splitOutcome(run, what, account)
    : await requestsOutcome(run, what);
  const weaker = what.note ? ('may' as const) : mayBeWeaker(step) ? level : undefined;
  const about = { covers: step.covers, about: 'answer' as const, expected, connections: names };
  run.assert({ ...about, ...(weaker && { level: weaker }) }, concluded);
}

/** What a socket test needs, an NCS that reconnects needs too: its level is never weakened (SOCK-RC-05 is a must). */
function mayBeWeaker({ covers }: ExpectStep): boolean {
  return !covers.some((id) => id.startsWith('SOCK-'));
}

async function requestsOutcome(run: TestRun, what: Answered): Promise<Outcome> {
  const withinMs =
    what.within === undefined ? run.context.target.times.replyTime : run.values.ms(what.within);
  const asked = askedOn(run, what);
  const several = asked.length > 1 ? `each ${what.answered} (${asked.length})` : what.answered;
  const expected = `an answer to ${several} within ${formatUs(msToUs(withinMs))}`;
  const names = [...new Set(asked.map(({ connection }) => connection.name))];
  const fail = (symptom: Symptom, timing?: true): Outcome => ({
    ...{ expected, names },
    concluded: failed(symptom, timing && { timing }),
  });
  const waits = await Promise.all(
    asked.map(({ connection, request }) => awaitAnswer(run, connection, request, withinMs)),
  );
  const missing = waits.flatMap((wait) => (wait.came ? [] : wait.symptom));
  const astray = missing.filter(({ code }) => code === 'answered-on-older' || code === 'answered-on-newer');
  // A reply on another connection contradicts "generally the same socket" (MOS 2.8.5 section 2.1), which is no must.
  if (astray[0] !== undefined && astray.length === missing.length) {
    return { ...fail(astray[0]), level: 'should' };
  }
  if (missing[0] !== undefined) {
    const share = asked.length > 1 && { share: { count: missing.length, of: asked.length } };
    return fail({ ...missing[0], ...share }, true);
  }
  const answers = waits.flatMap((wait) => wait.came ?? []);
  const wrong = answers.find((came) => !fits(came, what.by));
  if (wrong) return fail(unfit(wrong, what.by));
  if (!inOrder(answers, asked)) return fail(symptom('out-of-order'));
  const tooMany = what.times === undefined ? undefined : await surplus(run, asked, what.times);
  if (tooMany !== undefined) return fail(tooMany);
  const actual = asked.length > 1 ? `all ${asked.length} were answered` : 'it was answered';
  return { expected, names, concluded: passed(actual) };
}

/** The connections that are meant: of the name that is given, or on which the request was sent. */
function connectionsOf(run: TestRun, { on }: Answered): Connection[] {
  return on === undefined ? [] : run.latest(on);
}

/**
 * The requests of the name, each with the connection it went out on. One that got no answer on an earlier connection of
 * that name was sent again on the newest, and is meant only where nothing else is.
 */
function askedOn(run: TestRun, what: Answered): Asked[] {
  const requests = run.requests.get(what.answered) ?? [];
  const batch = connectionsOf(run, what);
  const asked = requests.flatMap((request): Asked[] => {
    const connection = run.connections.find(({ ledger }) => ledger.requests.includes(request));
    return connection ? [{ connection, request }] : [];
  });
  const meant = asked.filter(
    ({ connection, request }) => batch.includes(connection) || request.answers.length > 0,
  );
  if (meant.length > 0) return meant;
  const newest = asked.at(-1)?.connection;
  if (!newest) throw brokenStep(`a request called ${what.answered}`, 'none was sent that asks for an answer');
  return asked.filter(({ connection }) => connection === newest);
}

function fits(received: Received, by: readonly string[] | undefined): boolean {
  if (by === undefined) return true;
  return by.includes('answer') ? !isRefusal(received) : by.includes(contentName(received.message));
}

function unfit({ message: { name: message } }: Received, by: readonly string[] = []): Symptom {
  if (by.includes('answer')) return symptom('request-refused', { message });
  return symptom('wrong-reply', { message, quote: by.join(' or ') });
}

function inOrder(answers: readonly Received[], asked: readonly { connection: Connection }[]): boolean {
  return answers.every((came, index) => {
    const before = answers[index - 1];
    const sameConnection = asked[index]?.connection === asked[index - 1]?.connection;
    return before === undefined || !sameConnection || before.us <= came.us;
  });
}

function splitOutcome(run: TestRun, what: Answered, account: SplitAccount): Outcome {
  const { kind, places, bytes, failed: lost, ended } = account;
  const expected = `an answer wherever the message is split ${kind}`;
  const { answered } = account;
  if (lost) {
    const figures = { offset: lost.offset, bytes, answered, places };
    const split = measured('lost-when-split', figures, { cause: lost.symptom, quote: kind });
    return { expected, names: [lost.connection], concluded: failed(split) };
  }
  const names = connectionsOf(run, what).map((connection) => connection.name);
  const tried = splitsTried({ answered, places, kind });
  if (answered === 0) {
    const why = `the device read the pieces together, so that nothing shows what it does with one alone`;
    return { expected, names, concluded: undecided(`${tried}: ${why}`) };
  }
  const together =
    account.unseparated === 0 ? [] : [`at ${account.unseparated} the device read the pieces together`];
  const actual = [tried, ...together, ...(ended === undefined ? [] : [`then ${ended}`])].join('; ');
  return { expected, names, concluded: passed(actual) };
}
