import { formatUs, msToUs, nowUs } from '../../history/clock.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Received } from '../../ncs/requests.ts';
import type { StepOf } from '../../suite/model.ts';
import type { TestRun } from '../run.ts';
import { failedStep, NotApplicable } from '../step-failure.ts';
import { awaitAnswer, silence, type AnswerWait } from './await-answer.ts';

/** Waits for the answer to a labelled request. */
export async function receive(run: TestRun, step: StepOf<'receive'>): Promise<void> {
  const [connection] = run.latest(step.on);
  if (!connection) return;
  ownsAnswer(run, connection);
  const withinMs =
    step.within === undefined ? run.context.target.times.replyTime : run.values.ms(step.within);
  const request =
    step.answers === undefined ? connection.ledger.requests.at(-1) : run.requests.get(step.answers)?.at(-1);
  const came = request
    ? await awaitAnswer(run, connection, request, withinMs)
    : await anyMessage(run, connection, withinMs);
  if (!came.came) {
    const expected = `a message within ${formatUs(msToUs(withinMs))}`;
    throw failedStep('answer', expected, came.symptom, [connection.name]);
  }
  if (step.as !== undefined) run.receivedBy.set(step.as, came.came);
  captureFrom(run, came.came, step.capture);
}

/** The query port owes no Profile 0 answer: where it gave none, a test that needs one does not apply. */
export function ownsAnswer(run: TestRun, connection: Connection): void {
  if (connection.portName !== 'query') return;
  const answers = run.context.habits.query?.answers;
  if (answers === undefined || answers === 'reply') return;
  throw new NotApplicable(
    `the query port owes no answer to what can be asked here and gave none (${answers})`,
  );
}

/** Keeps the texts that a suite names. */
export function captureFrom(
  run: TestRun,
  received: Received,
  capture: Readonly<Record<string, string>> = {},
): void {
  for (const [name, path] of Object.entries(capture)) run.values.capture(name, textAt(received, path));
}

async function anyMessage(run: TestRun, connection: Connection, withinMs: number): Promise<AnswerWait> {
  const before = connection.received.length;
  await run.history.until(
    () => connection.received.length > before,
    nowUs() + msToUs(withinMs),
    run.context.signal,
  );
  const came = connection.received[before];
  return came ? { came } : { came: undefined, symptom: silence(connection, withinMs) };
}

/** The text at a path such as `listMachInfo/ID` of a received message; empty where there is none. */
export function textAt(received: Received, path: string): string {
  const [first, ...rest] = path.split('/');
  let at = received.message.body?.name === first ? received.message.body : undefined;
  if (!at && rest.length === 0)
    return received.message.body?.children.find((one) => one.name === first)?.text ?? '';
  for (const name of rest) at = at?.children.find((child) => child.name === name);
  return at?.text ?? '';
}
