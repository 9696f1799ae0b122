import { nowUs, msToUs } from '../history/clock.ts';
import type { PortName } from '../history/facts.ts';
import type { Symptom } from '../history/symptoms.ts';
import { sentenceOf } from '../judge/sentences/sentence.ts';
import { viewOf } from '../judge/view.ts';
import type { Connection } from '../ncs/connection.ts';
import type { PortHabits } from '../results/results.ts';
import type { TestRun } from '../scenario/run.ts';
import { StepFailure, unplayedStep } from '../scenario/step-failure.ts';
import { awaitAnswer, type AnswerWait } from '../scenario/steps/await-answer.ts';
import { dial, untilRoom } from '../scenario/steps/connect.ts';
import { closeConnection } from '../scenario/steps/end.ts';
import { sendOn } from '../scenario/steps/send.ts';
import type { MessageSpec } from '../suite/message.ts';
import { SANITY } from '../suite/our-names.ts';
import type { DecodedMessage } from '../wire/types.ts';
import { childText } from '../wire/xml.ts';
import { excerptOf, wordsOf } from './stranger.ts';

/** ms for which a FIN right after the connect, or right after a reply, is waited for. */
export const PROMPT_MS = 250;

/** What a question showed of one port. */
export interface PortFinding {
  habits: PortHabits;
  /** One clause for the person who reads why the campaign did not start. */
  text: string;
  /** The device ended the connection before anything was asked: no matter of IDs. */
  closedUnasked: boolean;
  /** A message came, but no MOS message. */
  garbage?: string;
  /** It refused the identities. */
  refusedIds: boolean;
  /** The name of the message that came. */
  came?: string;
  machine?: Record<string, string>;
}

/** A finding that says no more than what came back. */
function empty(answers: PortHabits['answers'], text: string): PortFinding {
  return {
    habits: { answers, closesAfterReply: false, closesOlder: false },
    text,
    closedUnasked: false,
    refusedIds: false,
  };
}

/** Opens a connection of ours under a name of its own; it may carry a failure. */
export async function dialAs(run: TestRun, name: string, port: PortName): Promise<Connection> {
  await untilRoom(run);
  const connection = await dial(run, { name: run.nextName(name), port });
  run.enter(name, [connection]);
  return connection;
}

/** How a question is asked. */
export interface Asking {
  /** ms for which the answer is waited for. */
  waitMs: number;
  /** Whether the device is given time to close after its reply; what is known need not be waited for again. */
  watchClose: boolean;
}

/** Asks one question, on a connection of its own, which is closed again. */
export async function askOnce(
  run: TestRun,
  port: PortName,
  spec: MessageSpec,
  { waitMs, watchClose }: Asking,
): Promise<PortFinding> {
  const connection = await dialAs(run, SANITY, port);
  if (connection.failure) {
    const { failure } = connection;
    if (failure.whose === 'ours') throw unplayedStep('a connection to be opened', failure.text);
    return empty('refused', failure.text);
  }
  try {
    if (await endsWithin(run, connection, PROMPT_MS / 10)) {
      return {
        ...empty('close', 'the device closed the connection before anything was asked'),
        closedUnasked: true,
      };
    }
    const result = await sendAndWait(run, connection, spec, waitMs);
    const finding = describe(connection, spec, result);
    if (watchClose && finding.habits.answers === 'reply') {
      finding.habits.closesAfterReply = await endsWithin(run, connection, PROMPT_MS);
    }
    return finding;
  } finally {
    await closeConnection(run, connection);
  }
}

/** Asks a question and waits for the answer; one that breaks off is taken as it is. */
export async function sendAndWait(
  run: TestRun,
  connection: Connection,
  spec: MessageSpec,
  waitMs: number,
): Promise<AnswerWait> {
  try {
    const request = await sendOn(run, connection, spec);
    const waited = await awaitAnswer(run, connection, request, waitMs);
    if (waited.came || waited.symptom.code !== 'partial-reply') return waited;
    connection.takeUnfinished();
    const [came] = request.answers;
    return came ? { came } : waited;
  } catch (error) {
    if (error instanceof StepFailure && error.symptom) return { came: undefined, symptom: error.symptom };
    throw error;
  }
}

function describe(connection: Connection, spec: MessageSpec, result: AnswerWait): PortFinding {
  if (!result.came) {
    return empty(habitOf(result.symptom), sentenceOf(result.symptom));
  }
  const { message, us, request } = result.came;
  const broken = message.name === 'unreadable' && isBrokenMessage(message);
  const cut = message.findings.some(({ id }) => id === 'cut-off');
  if (message.name === 'unreadable' && !broken) {
    const shown = excerptOf(message);
    return { ...empty('silence', `what came is no MOS message: ${shown}`), garbage: shown };
  }
  const name = broken ? (message.body?.name ?? message.name) : message.name;
  const refusal =
    (name === 'mosAck' || name === 'roAck') && !agrees(message) && connection.portName !== 'query';
  const finding = empty(
    refusal ? 'silence' : 'reply',
    `answered with ${name}${broken ? ', not well formed' : ''}`,
  );
  if (refusal) return { ...finding, refusedIds: true, text: `${finding.text}${wordsOf(message)}` };
  finding.came = name;
  finding.habits.probe = spec.message ?? 'heartbeat';
  if (request?.messageNumber !== undefined && message.messageNumber === request.messageNumber)
    finding.habits.echoes = true;
  finding.habits.encoding = message.encoding;
  if (cut) finding.habits.cutsReplies = true;
  if (request && !cut) finding.habits.replyMs = Math.round((us - request.sentUs) / 100) / 10;
  return finding;
}

/** Whether an acknowledgement accepts what it answers: of a heartbeat that is an answer, and not the right one. */
function agrees({ body }: DecodedMessage): boolean {
  const status = childText(body, 'status') ?? childText(body, 'roStatus') ?? '';
  return /^\s*(ACK|OK)\b/.test(status);
}

/** What a question without an answer says of the port. */
function habitOf({ code }: Symptom): PortHabits['answers'] {
  if (code === 'reset-instead') return 'reset';
  return code === 'closed-instead' || code === 'not-sent' ? 'close' : 'silence';
}

/** Whether a message that is not well formed is one of MOS all the same: its device answers, however badly. */
function isBrokenMessage({ root, body }: DecodedMessage): boolean {
  return root?.name === 'mos' && body !== undefined;
}

/** Whether the device ends the connection within so many ms. */
export async function endsWithin(run: TestRun, connection: Connection, ms: number): Promise<boolean> {
  const ended = (): boolean => {
    const view = viewOf(connection.name, run.history.of(connection.name));
    return view.deviceFinUs !== undefined || view.resetUs !== undefined;
  };
  return (await run.history.until(ended, nowUs() + msToUs(ms), run.context.signal)) === 'held';
}
