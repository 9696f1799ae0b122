import { formatUs, msToUs, nowUs } from '../../history/clock.ts';
import { symptom } from '../../history/symptoms.ts';
import { failed, passed } from '../../judge/concluded.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Received } from '../../ncs/requests.ts';
import type { ExpectationOf, StepOf } from '../../suite/model.ts';
import { expectsAnswer } from '../../wire/answers.ts';
import { contentName } from '../../wire/content-name.ts';
import type { TestRun } from '../run.ts';
import { brokenStep } from '../step-failure.ts';
import { surelyAnswers } from './answer-count.ts';
import { checkForm } from './check-form.ts';
import { checkMessage, isCheck } from './check-message.ts';
import { textAt } from './receive.ts';

type ExpectStep = StepOf<'expect'>;

/** Judges how received messages are written, or what one of them says. */
export function check(run: TestRun, step: ExpectStep, what: ExpectationOf<'check'>): Promise<void> {
  const { check: name } = what;
  return isCheck(name)
    ? checkMessage(run, step, { ...what, check: name })
    : checkForm(run, step, { ...what, check: name });
}

/** Waits whether a message comes that must not. */
export async function noMessage(run: TestRun, step: ExpectStep, what: ExpectationOf<'no'>): Promise<void> {
  const batch = run.latest(what.on);
  const forMs = run.values.ms(what.for);
  const offending = (): { connection: Connection; received: Received } | undefined => {
    for (const connection of batch) {
      const received = connection.received.find((one) => !isOwn(connection, one) && isMeant(run, one, what));
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
  const expected = `no ${unwantedName(what) ?? 'message'} for ${formatUs(msToUs(forMs))}`;
  run.assert(
    { covers: step.covers, about: 'silence', expected, connections: names },
    found
      ? failed(symptom('unwanted-message', { message: found.received.message.name }))
      : passed('none came'),
  );
}

/** Whether a message asks something of its own accord: it has a number of its own, and wants an answer itself. */
function isOwn({ ledger }: Connection, { message, request }: Received): boolean {
  const { messageNumber } = message;
  if (request !== undefined || messageNumber === undefined || !expectsAnswer(contentName(message)))
    return false;
  return ledger.requests.every((one) => one.messageNumber !== messageNumber);
}

/** The name of the message that must not come, where only one of that name is meant. */
function unwantedName({ no }: ExpectationOf<'no'>): string | undefined {
  return no === 'message' || no === 'answer' ? undefined : no;
}

function isMeant(run: TestRun, received: Received, what: ExpectationOf<'no'>): boolean {
  const name = unwantedName(what);
  if (name !== undefined && received.message.name !== name) return false;
  if (what.to === undefined) return true;
  const asked = run.requests.get(what.to) ?? [];
  if (received.request) return asked.includes(received.request);
  return asked.some((request) => surelyAnswers(request, received));
}

/** Waits whether a text comes back on a connection, in whatever message. */
export async function never(run: TestRun, step: ExpectStep, what: ExpectationOf<'never'>): Promise<void> {
  const text = run.values.text(what.never);
  const batch = run.latest(what.on);
  const holds = (): Received | undefined =>
    batch.flatMap(({ received }) => received).find(({ message }) => message.text.includes(text));
  const untilUs = nowUs() + msToUs(run.values.ms(what.for));
  await run.history.until(() => holds() !== undefined, untilUs, run.context.signal);
  const found = holds();
  const names = batch.map((connection) => connection.name);
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const expected = `nothing that holds "${shown}"`;
  run.assert(
    { covers: step.covers, about: 'silence', expected, connections: names },
    found
      ? failed(symptom('text-came-back', { message: found.message.name }))
      : passed('nothing of it came back'),
  );
}

/** Looks at the text at a path of a received message. */
export function field(run: TestRun, step: ExpectStep, what: ExpectationOf<'path'>): void {
  const received = run.receivedBy.get(what.on);
  if (!received) throw brokenStep(`a message called ${what.on}`, 'no such message was received');
  const text = textAt(received, what.path);
  const wanted = what.equals === undefined ? what['one-of'] : [what.equals];
  const oneOf = wanted?.map((one) => run.values.text(one));
  const holds =
    (oneOf === undefined || oneOf.includes(text)) &&
    (what.matches === undefined || new RegExp(what.matches, 'u').test(text)) &&
    (what.exists === undefined || (text !== '') === what.exists);
  const expected = `${what.path} ${describe(what, oneOf)}`;
  run.assert(
    { covers: step.covers, about: 'message', expected, connections: [] },
    holds ? passed(`it is "${text}"`) : failed(symptom('wrong-value', { field: what.path, quote: text })),
  );
}

function describe(what: ExpectationOf<'path'>, oneOf: readonly string[] | undefined): string {
  if (what.equals !== undefined) return `to be "${oneOf?.[0]}"`;
  if (what.matches !== undefined) return `to match ${what.matches}`;
  if (oneOf !== undefined) return `to be one of ${oneOf.join(', ')}`;
  return what.exists === false ? 'to be absent' : 'to be present';
}
