import { formatUs, msToUs, nowUs } from '../../history/clock.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Received, Request } from '../../ncs/requests.ts';
import type { AssertionResult } from '../../results/results.ts';
import type { Expectation, Step } from '../../suite/model.ts';
import { isAnswerTo } from '../../wire/answers.ts';
import type { TestRun } from '../run.ts';
import { StepFailure } from '../step-failure.ts';
import { answered } from './answered.ts';
import { checkForm } from './check-form.ts';
import { checkMessage, isCheck } from './check-message.ts';
import { checkOwn } from './check-own.ts';
import { textAt } from './receive.ts';

type ExpectStep = Extract<Step, { verb: 'expect' }>;
type Kind<K extends Expectation['kind']> = Extract<Expectation, { kind: K }>;

/** Waits for an expectation about messages and records what became of it. */
export async function expectMessage(run: TestRun, step: ExpectStep): Promise<void> {
  const { expect: what } = step;
  if (what.kind === 'answered') return answered(run, step, what);
  if (what.kind === 'no-message') return noMessage(run, step, what);
  if (what.kind === 'field') return field(run, step, what);
  if (what.kind === 'never') return never(run, step, what);
  if (what.kind === 'own') return checkOwn(run, step, what);
  if (what.kind === 'message') {
    const { check } = what;
    return isCheck(check)
      ? checkMessage(run, step, { ...what, check })
      : checkForm(run, step, { ...what, check });
  }
  throw new StepFailure('error', 'an expectation that can be played', `nothing plays "${what.kind}" yet`);
}

async function noMessage(run: TestRun, step: ExpectStep, what: Kind<'no-message'>): Promise<void> {
  const batch = run.latest(what.on);
  const forMs = run.values.ms(what.for);
  const offending = (): { connection: Connection; received: Received } | undefined => {
    for (const connection of batch) {
      const received = connection.received.find((one) => isMeant(run, one, what));
      if (received) return { connection, received };
    }
    return undefined;
  };
  const lastSentUs = Math.max(
    nowUs(),
    ...batch.flatMap((one) => one.ledger.requests.map((request) => request.sentUs)),
  );
  await run.history.until(() => offending() !== undefined, lastSentUs + msToUs(forMs), run.context.signal);
  const found = offending();
  const names = batch.map((connection) => connection.name);
  const expected = `no ${what.message ?? 'message'} for ${formatUs(msToUs(forMs))}`;
  if (found)
    return settle(run, step, { expected, actual: `${found.received.message.name} came`, names }, 'fail');
  return settle(run, step, { expected, actual: 'none came', names }, 'pass');
}

function isMeant(run: TestRun, received: Received, what: Kind<'no-message'>): boolean {
  if (what.message !== undefined && received.message.name !== what.message) return false;
  if (what.answers === undefined) return true;
  const asked = run.requests.get(what.answers) ?? [];
  if (received.request) return asked.includes(received.request);
  return asked.some((request) => couldAnswer(request, received));
}

/** Whether a message that came where nothing was asked answers a request of another connection. */
function couldAnswer(request: Request, { message, us }: Received): boolean {
  if (us < request.sentUs) return false;
  if (message.messageNumber !== undefined) return message.messageNumber === request.messageNumber;
  return isAnswerTo(request.name, message.name) !== 'other';
}

/** Waits whether a text comes back on a connection, in whatever message. */
async function never(run: TestRun, step: ExpectStep, what: Kind<'never'>): Promise<void> {
  const text = run.values.text(what.text);
  const batch = run.latest(what.on);
  const holds = (): Received | undefined =>
    batch.flatMap(({ received }) => received).find(({ message }) => message.text.includes(text));
  const untilUs = nowUs() + msToUs(run.values.ms(what.for));
  await run.history.until(() => holds() !== undefined, untilUs, run.context.signal);
  const found = holds();
  const names = batch.map((connection) => connection.name);
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const about = { expected: `nothing that holds "${shown}"`, names };
  if (found) settle(run, step, { ...about, actual: `${found.message.name} came and holds it` }, 'fail');
  else settle(run, step, { ...about, actual: 'nothing of it came back' }, 'pass');
}

function field(run: TestRun, step: ExpectStep, what: Kind<'field'>): void {
  const received = run.receivedBy.get(what.on);
  if (!received)
    throw new StepFailure('error', `a message called ${what.on}`, 'no such message was received');
  const text = textAt(received, what.path);
  const wanted = what.equals === undefined ? undefined : run.values.text(what.equals);
  const holds =
    (wanted === undefined || text === wanted) &&
    (what.matches === undefined || new RegExp(what.matches, 'u').test(text)) &&
    (what.oneOf === undefined || what.oneOf.includes(text)) &&
    (what.exists === undefined || (text !== '') === what.exists);
  const expected = `${what.path} ${describe(what, wanted)}`;
  settle(run, step, { expected, actual: `it is "${text}"`, names: [] }, holds ? 'pass' : 'fail');
}

function describe(what: Kind<'field'>, wanted: string | undefined): string {
  if (wanted !== undefined) return `to be "${wanted}"`;
  if (what.matches !== undefined) return `to match ${what.matches}`;
  if (what.oneOf !== undefined) return `to be one of ${what.oneOf.join(', ')}`;
  return what.exists === false ? 'to be absent' : 'to be present';
}

function settle(
  run: TestRun,
  step: ExpectStep,
  about: { expected: string; actual: string; names: string[] },
  outcome: AssertionResult['outcome'],
): void {
  run.assert({ covers: step.covers, expected: about.expected, connections: about.names }, outcome, {
    judgement: {
      standing: outcome === 'pass' ? 'holds' : 'refuted',
      actual: about.actual,
      means: ['descriptor'],
    },
  });
}
