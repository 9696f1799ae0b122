import { msToUs, nowUs } from '../../history/clock.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Received, Request } from '../../ncs/requests.ts';
import { isAnswerTo } from '../../wire/answers.ts';
import { contentName } from '../../wire/content-name.ts';
import type { TestRun } from '../run.ts';

/** ms for which one more answer is waited for, beside twice the usual time to a reply. */
const QUIET_MS = 250;

/** A request and the connection that carried it. */
export interface Asked {
  connection: Connection;
  request: Request;
}

/** Waits a moment for more answers than there should be; says how many requests got them, or nothing. */
export async function surplus(
  run: TestRun,
  asked: readonly Asked[],
  times: number,
): Promise<string | undefined> {
  const usualMs = Math.max(0, ...asked.map(({ connection }) => usual(run, connection)));
  const found = (): number => extraAnswers(asked, times);
  const untilUs = nowUs() + msToUs(QUIET_MS + 2 * usualMs);
  await run.history.until(() => found() > 0, untilUs, run.context.signal);
  const extra = found();
  if (extra === 0) return undefined;
  const total = asked.length * times + extra;
  return `${total} answers came to ${asked.length} request${asked.length === 1 ? '' : 's'}`;
}

function usual(run: TestRun, { portName }: Connection): number {
  return (portName && run.context.habits[portName]?.replyMs) ?? 0;
}

/** A reply without messageID to nothing that waits is one too many; one with a foreign messageID may be the device's own. */
function extraAnswers(asked: readonly Asked[], times: number): number {
  const repeated = asked.reduce((sum, { request }) => sum + Math.max(0, request.answers.length - times), 0);
  const names = new Set(asked.map(({ request }) => request.name));
  const stray = (received: Received): boolean =>
    received.request === undefined &&
    received.message.messageNumber === undefined &&
    [...names].some((name) => isAnswerTo(name, contentName(received.message)) === 'answer');
  const connections = new Set(asked.map(({ connection }) => connection));
  return repeated + [...connections].flatMap(({ received }) => received).filter(stray).length;
}

/** The connection on which the answer to a request came, where it is another one than the one that asked. */
export function cameOn(run: TestRun, { connection, request }: Asked): string | undefined {
  const answersIt = ({ message, request: settled }: Received): boolean => {
    if (isAnswerTo(request.name, contentName(message)) === 'other') return false;
    if (message.messageNumber !== undefined) return message.messageNumber === request.messageNumber;
    return settled === undefined;
  };
  const other = run.connections.find((one) => one !== connection && one.received.some(answersIt));
  return other?.name;
}
