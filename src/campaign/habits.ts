import { setTimeout as pause } from 'node:timers/promises';
import { nowUs, msToUs } from '../history/clock.ts';
import type { PortName } from '../history/facts.ts';
import type { Symptom } from '../history/symptoms.ts';
import type { Connection } from '../ncs/connection.ts';
import type { PortHabits } from '../results/results.ts';
import type { TestRun } from '../scenario/run.ts';
import { sentenceOf } from '../judge/sentences/sentence.ts';
import { StepFailure, unplayedStep } from '../scenario/step-failure.ts';
import { dial } from '../scenario/steps/connect.ts';
import { closeConnection } from '../scenario/steps/end.ts';
import { awaitAnswer, type AnswerWait } from '../scenario/steps/await-answer.ts';
import { sendOn } from '../scenario/steps/send.ts';
import type { MessageSpec } from '../suite/message.ts';
import { partName, SANITY } from '../suite/our-names.ts';
import { viewOf } from '../judge/view.ts';
import { excerptOf, wordsOf } from './stranger.ts';
import type { DecodedMessage } from '../wire/types.ts';

/** What is asked, in this order: all of it where Profile 0 is owed, else until something is answered. */
const QUESTIONS: Record<'main' | 'query', readonly string[]> = {
  main: ['heartbeat', 'reqMachInfo'],
  query: ['heartbeat', 'mosReqSearchableSchema'],
};

/** ms for which a FIN right after the connect, or right after a reply, is waited for. */
const PROMPT_MS = 250;

/** ms after which a query port, which owes no answer, counts as silent; slow devices get more. */
const QUERY_SILENCE_MS = 1_500;

/** What the opening exchange showed on one port. */
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
  machine?: Record<string, string>;
}

/** Finds out how the device behaves on one port; every connection it opens is closed again. */
export async function findHabits(run: TestRun, port: PortName, slowestMs: number): Promise<PortFinding> {
  const questions = port === 'query' ? QUESTIONS.query : QUESTIONS.main;
  const waitMs =
    port === 'query' ? Math.max(QUERY_SILENCE_MS, 3 * slowestMs) : run.context.target.times.replyTime;
  const silentOn: string[] = [];
  let finding: PortFinding | undefined;
  for (const message of questions) {
    const next = await askWhenFree(run, port, { message }, waitMs);
    const replied = next.habits.answers === 'reply';
    if (finding === undefined || (replied && finding.habits.answers !== 'reply')) finding = next;
    if (!replied && next.habits.answers !== 'refused' && !next.closedUnasked) silentOn.push(message);
    if (next.habits.answers === 'refused' || next.closedUnasked || (replied && port === 'query')) break;
  }
  if (!finding) throw new Error('no question was asked');
  if (finding.habits.answers === 'reply' && silentOn.length > 0) finding.habits.silentOn = silentOn;
  if (finding.habits.answers === 'reply' && run.context.target.maxConnections >= 2) {
    Object.assign(finding.habits, await withTwo(run, port, finding.habits));
  }
  return finding;
}

/** Asks once; where the device ends the connection unasked, it may be short of places until older ones are released. */
async function askWhenFree(
  run: TestRun,
  port: PortName,
  spec: MessageSpec,
  waitMs: number,
): Promise<PortFinding> {
  const untilUs = nowUs() + msToUs(run.context.target.times.releaseTime);
  for (;;) {
    const finding = await askOnce(run, port, spec, waitMs);
    if (!finding.closedUnasked || nowUs() >= untilUs || run.context.signal.aborted) return finding;
    await pause(PROMPT_MS);
  }
}

function empty(answers: PortHabits['answers'], text: string): PortFinding {
  return {
    habits: { answers, closesAfterReply: false, closesOlder: false },
    text,
    closedUnasked: false,
    refusedIds: false,
  };
}

async function dialAs(run: TestRun, name: string, port: PortName): Promise<Connection> {
  const connection = await dial(run, { name: run.nextName(name), port });
  run.enter(name, [connection]);
  return connection;
}

/** One question on a connection of its own. */
export async function askOnce(
  run: TestRun,
  port: PortName,
  spec: MessageSpec,
  waitMs: number,
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
    return await describe(run, connection, spec, result);
  } finally {
    await closeConnection(run, connection);
  }
}

async function sendAndWait(
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

async function describe(
  run: TestRun,
  connection: Connection,
  spec: MessageSpec,
  result: AnswerWait,
): Promise<PortFinding> {
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
  const refusal = (name === 'mosAck' || name === 'roAck') && connection.portName !== 'query';
  const finding = empty(
    refusal ? 'silence' : 'reply',
    `answered with ${name}${broken ? ', not well formed' : ''}`,
  );
  if (refusal) return { ...finding, refusedIds: true, text: `${finding.text}${wordsOf(message)}` };
  finding.habits.probe = spec.message ?? 'heartbeat';
  finding.habits.encoding = message.encoding;
  if (cut) finding.habits.cutsReplies = true;
  if (request && !cut) finding.habits.replyMs = Math.round((us - request.sentUs) / 100) / 10;
  finding.habits.closesAfterReply = await endsWithin(run, connection, PROMPT_MS);
  return finding;
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
async function endsWithin(run: TestRun, connection: Connection, ms: number): Promise<boolean> {
  const ended = (): boolean => {
    const view = viewOf(connection.name, run.history.of(connection.name));
    return view.deviceFinUs !== undefined || view.resetUs !== undefined;
  };
  return (await run.history.until(ended, nowUs() + msToUs(ms), run.context.signal)) === 'held';
}

/** ms beyond three times its usual answer after which a second connection counts as not served. */
const SECOND_MS = 1_000;

/** What becomes of an older connection when the NCS dials again, and whether the newer one is served. */
async function withTwo(
  run: TestRun,
  port: PortName,
  habits: PortHabits,
): Promise<Pick<PortHabits, 'closesOlder' | 'servesTwo'>> {
  if (habits.closesAfterReply) return { closesOlder: false };
  const older = await dialAs(run, partName(SANITY, 'older'), port);
  if (older.failure || (await endsWithin(run, older, PROMPT_MS / 10))) return { closesOlder: false };
  const newer = await dialAs(run, partName(SANITY, 'newer'), port);
  const waitMs = Math.min(run.context.target.times.replyTime, 3 * (habits.replyMs ?? 0) + SECOND_MS);
  const asked = newer.failure
    ? undefined
    : await sendAndWait(run, newer, { message: habits.probe ?? 'heartbeat' }, waitMs);
  const dropped = await endsWithin(run, older, PROMPT_MS / 10);
  await closeConnection(run, older);
  await closeConnection(run, newer);
  const servesTwo = asked?.came !== undefined;
  return { closesOlder: dropped && servesTwo, servesTwo };
}

/**
 * The children of listMachInfo as text, the profiles as one list; absent where the device does not tell.
 * @throws StepFailure where something sends back what it is sent, which looks like an answer to a heartbeat
 */
export async function machineInformation(
  run: TestRun,
  port: PortName,
): Promise<Record<string, string> | undefined> {
  const connection = await dialAs(run, SANITY, port);
  if (connection.failure) return undefined;
  const result = await sendAndWait(
    run,
    connection,
    { message: 'reqMachInfo' },
    run.context.target.times.replyTime,
  );
  await closeConnection(run, connection);
  const body = result.came?.message.body;
  if (body?.name === 'reqMachInfo') {
    const { address } = run.context.target;
    const actual = `what answers at ${address} sends back what it is sent (reqMachInfo came as the answer to reqMachInfo): it is no MOS device`;
    throw unplayedStep('a MOS device', actual);
  }
  if (body?.name !== 'listMachInfo') return undefined;
  const told = body.children.filter((child) => child.children.length === 0 && child.text.trim() !== '');
  const machine = Object.fromEntries(told.map((child) => [child.name, child.text.trim().slice(0, 128)]));
  const profiles = body.children
    .filter((child) => child.name === 'supportedProfiles')
    .flatMap((block) => block.children)
    .filter((profile) => /^(yes|true)$/i.test(profile.text.trim()))
    .map((profile) => profile.attributes['number'] ?? '?');
  return { ...machine, ...(profiles.length > 0 && { profiles: [...new Set(profiles)].join(', ') }) };
}
