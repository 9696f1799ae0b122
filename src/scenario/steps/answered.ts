import { formatUs, msToUs } from '../../history/clock.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Received, Request } from '../../ncs/requests.ts';
import type { AssertionResult } from '../../results/results.ts';
import type { Expectation, Step } from '../../suite/model.ts';
import { contentName } from '../../wire/content-name.ts';
import type { SplitAccount, TestRun } from '../run.ts';
import { cameOn, surplus } from './answer-count.ts';
import { awaitAnswer, isRefusal } from './receive.ts';

type ExpectStep = Extract<Step, { verb: 'expect' }>;
type Answered = Extract<Expectation, { kind: 'answered' }>;

/** What became of an expectation, in the words of an assertion. */
interface Outcome {
  expected: string;
  actual: string;
  names: string[];
  outcome: AssertionResult['outcome'];
  /** Weaker than the requirement. */
  level?: 'should';
  /** What is missing may have been slow only. */
  timing?: true;
}

/** Waits until every request of a name is answered, in the order in which they were sent. */
export async function answered(run: TestRun, step: ExpectStep, what: Answered): Promise<void> {
  const account = run.splits.get(what.answers);
  const { expected, actual, names, outcome, level, timing } = account
    ? splitOutcome(run, what, account)
    : await requestsOutcome(run, what);
  const weaker = what.note ? ('may' as const) : mayBeWeaker(step) ? level : undefined;
  const input = { covers: step.covers, expected, connections: names, ...(weaker && { level: weaker }) };
  const standing = outcome === 'pass' ? 'holds' : 'refuted';
  run.assert(input, outcome, {
    judgement: { standing, actual, means: ['descriptor'], ...(timing && { timing }) },
  });
}

/** What a socket test needs, an NCS that reconnects needs too: its level is never weakened (SOCK-RC-05 is a must). */
function mayBeWeaker({ covers }: ExpectStep): boolean {
  return !covers.some((id) => id.startsWith('SOCK-'));
}

async function requestsOutcome(run: TestRun, what: Answered): Promise<Outcome> {
  const withinMs =
    what.within === undefined ? run.context.target.times.replyTime : run.values.ms(what.within);
  const asked = askedOn(run, what);
  const several = asked.length > 1 ? `each ${what.answers} (${asked.length})` : what.answers;
  const expected = `an answer to ${several} within ${formatUs(msToUs(withinMs))}`;
  const names = [...new Set(asked.map(({ connection }) => connection.name))];
  const fail = (actual: string): Outcome => ({ expected, actual, names, outcome: 'fail' });
  const waits = await Promise.all(
    asked.map(({ connection, request }) => awaitAnswer(run, connection, request, withinMs)),
  );
  const astray = waits.flatMap((wait, index) => (wait.came ? [] : (cameOn(run, asked[index]!) ?? [])));
  const missing = waits.flatMap((wait) => (wait.came ? [] : wait.text));
  // A reply on another connection contradicts "generally the same socket" (MOS 2.8.5 section 2.1), which is no must.
  if (astray[0] !== undefined && astray.length === missing.length) {
    return { ...fail(`the answer came on ${astray[0]}, not on the connection that asked`), level: 'should' };
  }
  if (missing[0] !== undefined) {
    const share = asked.length > 1 ? `${missing.length} of ${asked.length} were not answered: ` : '';
    return { ...fail(share + missing[0]), timing: true };
  }
  const answers = waits.flatMap((wait) => wait.came ?? []);
  const wrong = answers.find((came) => !fits(came, what.by));
  if (wrong) return fail(unfit(wrong, what.by));
  if (!inOrder(answers, asked)) return fail('the answers did not come in the order of the requests');
  const tooMany = what.times === undefined ? undefined : await surplus(run, asked, what.times);
  if (tooMany !== undefined) return fail(tooMany);
  const actual = asked.length > 1 ? `all ${asked.length} were answered` : 'it was answered';
  return { expected, actual, names, outcome: 'pass' };
}

/** The requests of the name, each with the connection it went out on: the newest ones where they go by another name. */
function askedOn(run: TestRun, what: Answered): { connection: Connection; request: Request }[] {
  const requests = run.requests.get(what.answers) ?? [];
  const batch = run.latest(what.on);
  const everywhere = [...batch, ...run.connections.filter((one) => !batch.includes(one))];
  return requests.flatMap((request) => {
    const connection = everywhere.find(({ ledger }) => ledger.requests.includes(request));
    const isMeant = connection && (batch.includes(connection) || request.answers.length > 0);
    return isMeant ? [{ connection, request }] : [];
  });
}

function fits(received: Received, by: readonly string[] | undefined): boolean {
  if (by === undefined) return true;
  return by.includes('answer') ? !isRefusal(received) : by.includes(contentName(received.message));
}

function unfit({ message }: Received, by: readonly string[] = []): string {
  if (by.includes('answer')) return `it was refused by ${message.name}`;
  return `${message.name} came instead of ${by.join(' or ')}`;
}

function inOrder(answers: readonly Received[], asked: readonly { connection: Connection }[]): boolean {
  return answers.every((came, index) => {
    const before = answers[index - 1];
    const sameConnection = asked[index]?.connection === asked[index - 1]?.connection;
    return before === undefined || !sameConnection || before.us <= came.us;
  });
}

function splitOutcome(run: TestRun, what: Answered, account: SplitAccount): Outcome {
  const { kind, places, bytes, failed, ended } = account;
  const expected = `an answer wherever the message is split ${kind}`;
  const share = `${account.answered} of ${places} places ${kind} were tried and answered`;
  if (failed) {
    const actual = `split after byte ${failed.offset} of ${bytes}: ${failed.text}; ${share}`;
    return { expected, actual, names: [failed.connection], outcome: 'fail' };
  }
  const names = run.latest(what.on).map((connection) => connection.name);
  return {
    expected,
    actual: ended === undefined ? share : `${share}; then ${ended}`,
    names,
    outcome: 'pass',
  };
}
