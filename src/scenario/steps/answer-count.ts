import { msToUs, nowUs } from '../../history/clock.ts';
import { measured, symptom, type Symptom } from '../../history/symptoms.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Received, Request } from '../../ncs/requests.ts';
import { expectsAnswer, isAnswerTo } from '../../wire/answers.ts';
import { contentName } from '../../wire/content-name.ts';
import type { TestRun } from '../run.ts';

/** ms for which one more answer is waited for, beside twice the usual time to a reply. */
const QUIET_MS = 250;

/** A request and the connection that carried it. */
export interface Asked {
  connection: Connection;
  request: Request;
}

/** Waits a moment for more answers than there should be; nothing where none came. */
export async function surplus(
  run: TestRun,
  asked: readonly Asked[],
  times: number,
): Promise<Symptom | undefined> {
  const usualMs = Math.max(0, ...asked.map(({ connection }) => usual(run, connection)));
  const found = (): number => extraAnswers(asked, times);
  const untilUs = nowUs() + msToUs(QUIET_MS + 2 * usualMs);
  await run.history.until(() => found() > 0, untilUs, run.context.signal);
  const extra = found();
  if (extra === 0) return undefined;
  const requests = asked.length;
  return measured('surplus-answers', { answers: requests * times + extra, requests });
}

function usual(run: TestRun, { portName }: Connection): number {
  return (portName && run.context.habits[portName]?.replyMs) ?? 0;
}

/**
 * A reply without messageID to nothing that waits is one too many, unless it is a heartbeat of a device whose answers
 * carry one; a reply with a foreign messageID may be the device's own.
 */
function extraAnswers(asked: readonly Asked[], times: number): number {
  const repeated = asked.reduce((sum, { request }) => sum + Math.max(0, request.answers.length - times), 0);
  const names = new Set(asked.map(({ request }) => request.name));
  const stray = (received: Received): boolean =>
    received.request === undefined &&
    received.message.messageNumber === undefined &&
    [...names].some((name) => isAnswerTo(name, contentName(received.message)) === 'answer');
  const connections = new Set(asked.map(({ connection }) => connection));
  const strays = [...connections].flatMap(({ ledger, received }) =>
    received.filter((one) => stray(one) && !(ledger.tellsOwn && contentName(one.message) === 'heartbeat')),
  );
  return repeated + strays.length;
}

/** That the answer to a request came on another connection than the one that asked, where nothing else can be meant. */
export function cameOn(
  run: Pick<TestRun, 'connections'>,
  { connection, request }: Asked,
): Symptom | undefined {
  const other = run.connections.find(
    (one) => one !== connection && one.received.some((received) => surelyAnswers(request, received)),
  );
  if (!other) return undefined;
  const isOlder = run.connections.indexOf(other) < run.connections.indexOf(connection);
  return symptom(isOlder ? 'answered-on-older' : 'answered-on-newer', { quote: other.name });
}

/**
 * Whether a message of another connection can only be the answer to this request. Without its messageID, what asks for
 * an answer itself, such as a heartbeat, may be a request of the device's own.
 */
export function surelyAnswers(request: Request, { message, us, request: answered }: Received): boolean {
  const name = contentName(message);
  if (us < request.sentUs || isAnswerTo(request.name, name) === 'other') return false;
  if (answered && answered.messageNumber === message.messageNumber) return false;
  if (message.messageNumber !== undefined) return message.messageNumber === request.messageNumber;
  return !answered && !expectsAnswer(name);
}
