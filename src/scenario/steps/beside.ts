import { setTimeout as pause } from 'node:timers/promises';
import { msToUs, nowUs } from '../../history/clock.ts';
import type { Symptom } from '../../history/symptoms.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Attendance } from '../../judge/churn/trial.ts';
import type { TestRun } from '../run.ts';
import { StepFailure } from '../step-failure.ts';
import { awaitAnswer } from './await-answer.ts';
import { sendOn } from './send.ts';

/** So many exchanges follow each other quickly; later ones only show that the connection is still served. */
const QUICK_EXCHANGES = 50;

/** ms between two exchanges: of the quick ones, and of the later ones. */
const QUICK_MS = 5;
const LATER_MS = 250;

/** ms after the burst in which what is missing of the quick exchanges is made up for. */
const MAKE_UP_MS = 2_000;

/** Uses one connection, exchange by exchange, for as long as `lasts` says, and a little longer where few came about. */
export async function attend(
  run: TestRun,
  connection: Connection,
  lasts: () => boolean,
): Promise<Attendance> {
  const attendance: Attendance = { exchanges: 0, times: [] };
  let endUs: number | undefined;
  while (attendance.failure === undefined) {
    if (!lasts()) endUs ??= nowUs() + msToUs(MAKE_UP_MS);
    if (endUs !== undefined && (attendance.exchanges >= QUICK_EXCHANGES || nowUs() >= endUs)) break;
    if (run.context.signal.aborted) return { ...attendance, failure: String(run.context.signal.reason) };
    const failure = await exchangeOnce(run, connection, attendance);
    if (failure !== undefined) attendance.failure = failure;
    await pause(attendance.exchanges < QUICK_EXCHANGES ? QUICK_MS : LATER_MS);
  }
  return attendance;
}

async function exchangeOnce(
  run: TestRun,
  connection: Connection,
  attendance: Attendance,
): Promise<Symptom | string | undefined> {
  try {
    const request = await sendOn(run, connection, {});
    const result = await awaitAnswer(run, connection, request, run.context.target.times.replyTime);
    if (!result.came) return result.symptom;
    attendance.exchanges += 1;
    attendance.times.push((result.came.us - request.sentUs) / 1_000);
    return undefined;
  } catch (error) {
    if (error instanceof StepFailure) return error.symptom ?? error.message;
    throw error;
  }
}
