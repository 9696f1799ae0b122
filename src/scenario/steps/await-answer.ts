import { formatUs, msToUs, nowUs } from '../../history/clock.ts';
import { measured, type Symptom } from '../../history/symptoms.ts';
import { MOST_GRACE_US } from '../../judge/settle.ts';
import { LARGE_LAG_US } from '../../judge/sight.ts';
import { viewOf } from '../../judge/view.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Received, Request } from '../../ncs/requests.ts';
import { isAnswerTo } from '../../wire/answers.ts';
import type { TestRun } from '../run.ts';
import { unplayedStep } from '../step-failure.ts';
import { cameOn } from './answer-count.ts';

/** ms of silence after which what a device that cuts its replies has sent counts as its answer. */
const CUT_REPLY_MS = 60;

/** ms for which the answer proper is waited for where a heartbeat came that may be the device's own. */
const BETTER_MS = 1_000;

/** How waiting for an answer ended. */
export type AnswerWait = { came: Received } | { came: undefined; symptom: Symptom };

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
  const ended = (): { how: 'closed-instead' | 'reset-instead'; us: number } | undefined => {
    const view = viewOf(connection.name, run.history.of(connection.name));
    if (view.resetUs !== undefined) return { how: 'reset-instead', us: view.resetUs };
    return view.deviceFinUs === undefined ? undefined : { how: 'closed-instead', us: view.deviceFinUs };
  };
  const settled = (): boolean => request.answers.length > 0 || ended() !== undefined;
  const decided = (): boolean => settled() || request.perhaps !== undefined;
  if (cutsReplies(run, connection)) await untilQuiet(run, connection, { decided, deadlineUs });
  else await run.history.until(decided, deadlineUs, run.context.signal);
  if (request.perhaps && !settled()) {
    const betterUs = Math.min(deadlineUs, request.perhaps.us + msToUs(BETTER_MS));
    await run.history.until(settled, betterUs, run.context.signal);
  }
  connection.ledger.takePerhaps(request);
  const madeUp = await makeUp(run, decided, deadlineUs);
  const [came] = request.answers;
  if (came) return inTime(run, connection, came, deadlineUs);
  const end = ended();
  if (end) {
    const afterUs = Math.max(0, end.us - request.sentUs);
    return { came: undefined, symptom: measured(end.how, { afterUs }) };
  }
  const silent = { ...silence(connection, withinMs), ...(madeUp && { madeUp }) };
  return { came: undefined, symptom: cameOn(run, { connection, request }) ?? silent };
}

/**
 * Waits longer by the time for which this process stood still in this test, where that may be the reason why nothing
 * was decided.
 * @returns whether that time was given in full
 */
async function makeUp(run: TestRun, decided: () => boolean, deadlineUs: number): Promise<true | undefined> {
  const { lagUs } = run.watch.sight();
  if (decided() || lagUs < LARGE_LAG_US || lagUs > MOST_GRACE_US) return undefined;
  await run.history.until(decided, deadlineUs + lagUs, run.context.signal);
  return run.watch.sight().lagUs <= lagUs ? true : undefined;
}

/**
 * An answer that came.
 * @throws StepFailure where this process stood still across the deadline, so that nobody knows when it came
 */
function inTime(run: TestRun, connection: Connection, came: Received, deadlineUs: number): AnswerWait {
  const { lagUs } = run.watch.sight();
  if (lagUs < LARGE_LAG_US || came.us <= deadlineUs || came.us - lagUs > deadlineUs) return { came };
  throw unplayedStep(
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

/** What is missing on a connection that stayed open. */
export function silence({ pendingBytes }: Connection, withinMs: number): Symptom {
  const withinUs = msToUs(withinMs);
  return pendingBytes > 0
    ? measured('partial-reply', { bytes: pendingBytes, withinUs })
    : measured('no-reply', { withinUs });
}

/** Whether the device has ended a connection, by FIN or by reset. */
export function endedByDevice(run: TestRun, connection: Connection): boolean {
  const view = viewOf(connection.name, run.history.of(connection.name));
  return view.deviceFinUs !== undefined || view.resetUs !== undefined;
}

/** Whether a message refuses the request that it answers. */
export function isRefusal({ message, request }: Received): boolean {
  return request !== undefined && isAnswerTo(request.name, message.name) === 'refusal';
}
