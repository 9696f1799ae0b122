import { formatUs, msToUs, nowUs } from '../../history/clock.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Received, Request } from '../../ncs/requests.ts';
import type { Delivery, MessageSpec, Step } from '../../suite/model.ts';
import { LARGE_LAG_US } from '../../verdict/sight.ts';
import { viewOf } from '../../verdict/view.ts';
import { isAnswerTo } from '../../wire/answers.ts';
import type { TestRun } from '../run.ts';
import { NotApplicable, StepFailure } from '../step-failure.ts';
import { open } from './connect.ts';
import { sendOn } from './send.ts';
import { exchangeSplit } from './split-exchange.ts';

/** ms of silence after which what a device that cuts its replies has sent counts as its answer. */
const CUT_REPLY_MS = 60;

type ExchangeStep = Extract<Step, { verb: 'exchange' }>;

/** A connection that was quiet for longer than this may be closed as idle just when it is used again. */
const IDLE_US = 500_000;

/** How waiting for an answer ended. */
export type AnswerWait =
  { came: Received } | { came: undefined; why: 'closed' | 'reset' | 'silence'; text: string };

/**
 * Waits for the answer to a request on its connection: the answer, a FIN, a reset, or silence.
 * Of a device that was seen to cut its replies, bytes that complete none count as the answer after a short silence,
 * so that only what is about complete messages is held against it.
 */
export async function awaitAnswer(
  run: TestRun,
  connection: Connection,
  request: Request,
  withinMs: number,
): Promise<AnswerWait> {
  const deadlineUs = request.sentUs + msToUs(withinMs);
  const ended = (): { why: 'closed' | 'reset'; us: number } | undefined => {
    const view = viewOf(connection.name, run.history.of(connection.name));
    if (view.resetUs !== undefined) return { why: 'reset', us: view.resetUs };
    return view.deviceFinUs === undefined ? undefined : { why: 'closed', us: view.deviceFinUs };
  };
  const decided = (): boolean => request.answers.length > 0 || ended() !== undefined;
  if (cutsReplies(run, connection)) await untilQuiet(run, connection, { decided, deadlineUs });
  else await run.history.until(decided, deadlineUs, run.context.signal);
  const [came] = request.answers;
  if (came) return inTime(run, connection, came, deadlineUs);
  const end = ended();
  if (end) {
    const verb = end.why === 'reset' ? 'reset' : 'closed';
    const text = `the device ${verb} the connection instead of answering (after ${formatUs(Math.max(0, end.us - request.sentUs))})`;
    return { came: undefined, why: end.why, text };
  }
  return { came: undefined, why: 'silence', text: silence(connection, withinMs) };
}

/**
 * An answer that came.
 * @throws StepFailure where this process stood still across the deadline, so that nobody knows when it came
 */
function inTime(run: TestRun, connection: Connection, came: Received, deadlineUs: number): AnswerWait {
  const { lagUs } = run.watch.sight();
  if (lagUs < LARGE_LAG_US || came.us <= deadlineUs || came.us - lagUs > deadlineUs) return { came };
  throw new StepFailure(
    'inconc',
    'an answer in time',
    `it was read ${formatUs(came.us - deadlineUs)} after the deadline, but this process stood still for ${formatUs(lagUs)}`,
    [connection.name],
  );
}

function cutsReplies(run: TestRun, { portName }: Connection): boolean {
  return portName !== undefined && run.context.habits[portName]?.cutsReplies === true;
}

/** Takes what has come without an end for a message once nothing more follows. */
async function untilQuiet(
  run: TestRun,
  connection: Connection,
  wait: { decided: () => boolean; deadlineUs: number },
): Promise<void> {
  const { signal } = run.context;
  const begun = (): boolean => wait.decided() || connection.pendingBytes > 0;
  await run.history.until(begun, wait.deadlineUs, signal);
  while (!wait.decided() && nowUs() < wait.deadlineUs && !signal.aborted) {
    const before = connection.pendingBytes;
    const more = (): boolean => wait.decided() || connection.pendingBytes !== before;
    const quietUs = Math.min(nowUs() + msToUs(CUT_REPLY_MS), wait.deadlineUs);
    if ((await run.history.until(more, quietUs, signal)) === 'held') continue;
    connection.takeUnfinished();
    return;
  }
}

function silence(connection: Connection, withinMs: number): string {
  const within = formatUs(msToUs(withinMs));
  if (connection.pendingBytes > 0) {
    return `${connection.pendingBytes} bytes came within ${within}, but no complete message`;
  }
  return `nothing came within ${within}`;
}

/** Sends a request and waits for its answer, on every connection of the newest batch. */
export async function exchange(run: TestRun, step: ExchangeStep): Promise<void> {
  const times = step.times === undefined ? 1 : run.values.count(step.times);
  const withinMs =
    step.within === undefined ? run.context.target.times.replyTime : run.values.ms(step.within);
  if (step.splits) return exchangeSplit(run, step, step.splits, withinMs);
  for (let round = 0; round < times; round += 1) {
    const batch = run.latest(step.on);
    const next = await Promise.all(
      batch.map((one) => exchangeOnce(run, one, step, { withinMs, on: step.on })),
    );
    if (next.some((connection, index) => connection !== batch[index])) run.enter(step.on, next);
  }
}

/**
 * One exchange. A device may close after each reply, so a connection that it closed while nothing was asked is
 * opened again; the connection that carried the answer comes back.
 */
export async function exchangeOnce(
  run: TestRun,
  connection: Connection,
  step: MessageSpec & Delivery & Pick<ExchangeStep, 'as' | 'capture' | 'optional' | 'or'>,
  how: { withinMs: number; on: string },
): Promise<Connection> {
  ownsAnswer(run, connection);
  let current = connection;
  for (let attempt = 0; ; attempt += 1) {
    if (endedByDevice(run, current)) {
      if (step.or === 'closed') return current;
      current = await again(run, current, how.on);
    }
    const before = current.received.length;
    const quietUs = nowUs() - lastFactUs(run, current);
    const result = await ask(run, current, step, how.withinMs);
    if (result.came) {
      if (step.as !== undefined) run.receivedBy.set(step.as, result.came);
      captureFrom(run, result.came, step.capture);
      return current;
    }
    if (step.or === 'closed' && result.why !== 'silence') return current;
    const mayHaveCrossed = result.why !== 'silence' && (before > 0 || quietUs > IDLE_US) && attempt === 0;
    if (!mayHaveCrossed) {
      if (step.optional) return current;
      throw new StepFailure('fail', `an answer within ${formatUs(msToUs(how.withinMs))}`, result.text, [
        current.name,
      ]);
    }
  }
}

async function ask(
  run: TestRun,
  connection: Connection,
  step: MessageSpec & Delivery & { as?: string },
  withinMs: number,
): Promise<AnswerWait> {
  try {
    const request = await sendOn(run, connection, step, step.as);
    return await awaitAnswer(run, connection, request, withinMs);
  } catch (error) {
    if (error instanceof StepFailure && endedByDevice(run, connection)) {
      return { came: undefined, why: 'closed', text: error.message };
    }
    throw error;
  }
}

/** The query port owes no Profile 0 answer: where it gave none, a test that needs one does not apply. */
function ownsAnswer(run: TestRun, connection: Connection): void {
  if (connection.portName !== 'query') return;
  const answers = run.context.habits.query?.answers;
  if (answers === undefined || answers === 'reply') return;
  throw new NotApplicable(
    `the query port owes no answer to what can be asked here and gave none (${answers})`,
  );
}

/** When something last happened on a connection. */
function lastFactUs(run: TestRun, connection: Connection): number {
  return run.history.of(connection.name).at(-1)?.us ?? nowUs();
}

/** Whether the device has ended a connection, by FIN or by reset. */
export function endedByDevice(run: TestRun, connection: Connection): boolean {
  const view = viewOf(connection.name, run.history.of(connection.name));
  return view.deviceFinUs !== undefined || view.resetUs !== undefined;
}

async function again(run: TestRun, connection: Connection, name: string): Promise<Connection> {
  await connection.close();
  const port = connection.portName ?? 'upper';
  const next = await open(run, { name: run.nextName(name), port, once: true });
  run.adopt(next);
  return next;
}

/** Whether a message refuses the request that it answers. */
export function isRefusal({ message, request }: Received): boolean {
  return request !== undefined && isAnswerTo(request.name, message.name) === 'refusal';
}

/** Waits for the answer to a labelled request. */
export async function receive(run: TestRun, step: Extract<Step, { verb: 'receive' }>): Promise<void> {
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
    throw new StepFailure('fail', `a message within ${formatUs(msToUs(withinMs))}`, came.text, [
      connection.name,
    ]);
  }
  if (step.as !== undefined) run.receivedBy.set(step.as, came.came);
  captureFrom(run, came.came, step.capture);
}

/** Keeps the texts that a suite names. */
function captureFrom(run: TestRun, received: Received, capture: Readonly<Record<string, string>> = {}): void {
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
  return came ? { came } : { came: undefined, why: 'silence', text: silence(connection, withinMs) };
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
