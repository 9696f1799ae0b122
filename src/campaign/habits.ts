import { setTimeout as pause } from 'node:timers/promises';
import { nowUs, msToUs } from '../history/clock.ts';
import type { PortName } from '../history/facts.ts';
import type { PortHabits } from '../results/results.ts';
import type { Connection } from '../ncs/connection.ts';
import type { TestRun } from '../scenario/run.ts';
import type { AnswerWait } from '../scenario/steps/await-answer.ts';
import { closeConnection } from '../scenario/steps/end.ts';
import type { MessageSpec } from '../suite/message.ts';
import { partName, SANITY } from '../suite/our-names.ts';
import {
  askOnce,
  dialAs,
  endsWithin,
  PROMPT_MS,
  sendAndWait,
  type Asking,
  type PortFinding,
} from './question.ts';

/** What is asked, in this order: all of it where Profile 0 is owed, else until something is answered. */
const QUESTIONS: Record<'main' | 'query', readonly string[]> = {
  main: ['heartbeat', 'reqMachInfo'],
  query: ['heartbeat', 'mosReqSearchableSchema'],
};

/** ms after which a query port, which owes no answer, counts as silent; slow devices get more. */
const QUERY_SILENCE_MS = 1_500;

/** Finds out how the device behaves on one port; every connection it opens is closed again. */
export async function findHabits(run: TestRun, port: PortName, slowestMs: number): Promise<PortFinding> {
  const questions = port === 'query' ? QUESTIONS.query : QUESTIONS.main;
  const waitMs =
    port === 'query' ? Math.max(QUERY_SILENCE_MS, 3 * slowestMs) : run.context.target.times.replyTime;
  const silentOn: string[] = [];
  const told: (string | undefined)[] = [];
  let finding: PortFinding | undefined;
  for (const message of questions) {
    const watchClose = finding?.habits.answers !== 'reply';
    const next = await askWhenFree(run, port, { message }, { waitMs, watchClose });
    const replied = next.habits.answers === 'reply';
    told.push(next.came);
    if (next.habits.echoes && finding) finding.habits.echoes = true;
    if (finding === undefined || (replied && finding.habits.answers !== 'reply')) finding = next;
    if (!replied && next.habits.answers !== 'refused' && !next.closedUnasked) silentOn.push(message);
    if (next.habits.answers === 'refused' || next.closedUnasked || (replied && port === 'query')) break;
  }
  if (!finding) throw new Error('no question was asked');
  const { answers, replyMs = 0 } = finding.habits;
  const onlyBeats = answers === 'reply' && told.every((name) => name === undefined || name === 'heartbeat');
  if (onlyBeats && replyMs >= BEAT_MS && (await speaksUnasked(run, port, replyMs))) {
    const { encoding } = finding.habits;
    return {
      ...finding,
      habits: {
        answers: 'silence',
        closesAfterReply: false,
        closesOlder: false,
        beats: true,
        ...(encoding !== undefined && { encoding }),
      },
      text: 'it sends heartbeats of its own, and answers nothing',
    };
  }
  if (finding.habits.answers === 'reply' && silentOn.length > 0) finding.habits.silentOn = silentOn;
  if (finding.habits.answers === 'reply' && run.context.target.maxConnections >= 2) {
    Object.assign(finding.habits, await withTwo(run, port, finding.habits));
  }
  return finding;
}

/** ms to a heartbeat from which it may have been none that was asked for. */
const BEAT_MS = 300;

/** Whether something comes on a connection on which nothing was asked, in the time that an answer has taken. */
async function speaksUnasked(run: TestRun, port: PortName, replyMs: number): Promise<boolean> {
  const connection = await dialAs(run, SANITY, port);
  if (connection.failure) return false;
  const spoken = (): boolean => connection.received.length > 0;
  const untilUs = nowUs() + msToUs(AS_LONG * replyMs + SECOND_MS);
  const waited = await run.history.until(spoken, untilUs, run.context.signal);
  await closeConnection(run, connection);
  return waited === 'held';
}

/** Asks once; where the device ends the connection unasked, it may be short of places until older ones are released. */
async function askWhenFree(
  run: TestRun,
  port: PortName,
  spec: MessageSpec,
  asking: Asking,
): Promise<PortFinding> {
  const untilUs = nowUs() + msToUs(run.context.target.times.releaseTime);
  for (;;) {
    const finding = await askOnce(run, port, spec, asking);
    if (!finding.closedUnasked || nowUs() >= untilUs || run.context.signal.aborted) return finding;
    await pause(PROMPT_MS);
  }
}

/** ms beyond three times its usual answer after which a second connection counts as not served. */
const SECOND_MS = 1_000;

/** ms in which an older connection is closed by a device that wants no second one. */
const DROPPED_MS = 60;

/** What becomes of an older connection when the NCS dials again, and whether the newer one is served. */
async function withTwo(
  run: TestRun,
  port: PortName,
  habits: PortHabits,
): Promise<Pick<PortHabits, 'closesOlder' | 'servesTwo' | 'slowsWithTwo'>> {
  if (habits.closesAfterReply) return { closesOlder: false };
  const older = await dialAs(run, partName(SANITY, 'older'), port);
  if (older.failure || (await endsWithin(run, older, DROPPED_MS))) return { closesOlder: false };
  const newer = await dialAs(run, partName(SANITY, 'newer'), port);
  const waitMs = Math.min(run.context.target.times.replyTime, 3 * (habits.replyMs ?? 0) + SECOND_MS);
  const asked = newer.failure
    ? undefined
    : await sendAndWait(run, newer, { message: habits.probe ?? 'heartbeat' }, waitMs);
  const dropped = await endsWithin(run, older, DROPPED_MS);
  const servesTwo = asked?.came !== undefined;
  const isWorthwhile = servesTwo && !dropped && !habits.cutsReplies && (habits.replyMs ?? 0) >= WORTHWHILE_MS;
  // One that has just been accepted may have waited for the other: a device may be slow to accept, and to answer.
  const slowsWithTwo = isWorthwhile
    ? takesLonger(asked, habits) || (await slowsDown(run, [older, newer], habits))
    : undefined;
  await closeConnection(run, older);
  await closeConnection(run, newer);
  return {
    closesOlder: dropped && servesTwo,
    servesTwo: servesTwo && !dropped,
    ...(slowsWithTwo !== undefined && { slowsWithTwo }),
  };
}

/** ms to a reply from which it is worth knowing whether two may wait for theirs at once. */
const WORTHWHILE_MS = 20;

/** How many times as long as one alone two replies at once may take, and ms that are nothing but chance. */
const AS_LONG = 1.5;
const CHANCE_MS = 20;

/** Whether the replies take longer where connections ask at the same time. */
async function slowsDown(
  run: TestRun,
  connections: readonly Connection[],
  habits: PortHabits,
): Promise<boolean> {
  const { replyMs = 0, probe = 'heartbeat' } = habits;
  const waitMs = Math.min(
    run.context.target.times.replyTime,
    connections.length * AS_LONG * replyMs + SECOND_MS,
  );
  const waits = await Promise.all(
    connections.map((one) => sendAndWait(run, one, { message: probe }, waitMs)),
  );
  return waits.some((wait) => takesLonger(wait, habits));
}

/** Whether a reply took longer than one alone. */
function takesLonger({ came }: AnswerWait, { replyMs = 0 }: PortHabits): boolean {
  const sentUs = came?.request?.sentUs;
  return sentUs === undefined || came!.us - sentUs > msToUs(AS_LONG * replyMs + CHANCE_MS);
}
