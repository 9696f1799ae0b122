import { setTimeout as pause } from 'node:timers/promises';
import { formatUs, msToUs, nowUs } from '../history/clock.ts';
import type { PortName } from '../history/facts.ts';
import type { Connection } from '../ncs/connection.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { viewOf } from '../verdict/view.ts';
import type { TestRun } from './run.ts';
import { dial } from './steps/connect.ts';
import { closeConnection } from './steps/end.ts';
import { awaitAnswer, endedByDevice } from './steps/receive.ts';
import { sendOn } from './steps/send.ts';
import { StepFailure } from './step-failure.ts';

/** ms between two attempts. */
const RETRY_MS = 100;

/** A wait ends at its deadline: what is seen so much later was seen by a process that stood still. */
const STANDSTILL_US = 500_000;

/** One attempt's result; a harness limit ends the attempts at once. */
type Attempt = { served: true; us: number } | { served: false; why: string; ours?: boolean };

/**
 * Proves that the application behind a port serves: a new connection, an exchange, a close. A refusal or a
 * close is tried again until the deadline; silence is waited for. A query port that answers nothing owes a
 * connection that its application accepts.
 * @param depth `accepts` is content with an accepted connection, where an answer would take too long
 */
export async function judgeServing(
  run: TestRun,
  port: PortName,
  withinMs: number,
  depth: 'answers' | 'accepts' = 'answers',
): Promise<Judgement> {
  const startUs = nowUs();
  const deadlineUs = startUs + msToUs(withinMs);
  for (;;) {
    const attempt = await attemptOnce(run, port, deadlineUs, depth);
    if (attempt.served && attempt.us > deadlineUs + STANDSTILL_US) {
      const late = formatUs(attempt.us - deadlineUs);
      const actual = `served, but this process stood still and saw it ${late} after the deadline`;
      return { standing: 'unobservable', actual, means: [] };
    }
    if (attempt.served) {
      const took = formatUs(attempt.us - startUs);
      return {
        standing: 'holds',
        actual: `served after ${took}`,
        means: ['descriptor'],
        us: attempt.us,
        sinceUs: startUs,
      };
    }
    if (attempt.ours) return { standing: 'unobservable', actual: attempt.why, means: [] };
    if (nowUs() >= deadlineUs || run.context.signal.aborted) {
      return {
        standing: 'refuted',
        actual: `the ${port} port no longer serves: ${attempt.why}`,
        means: ['descriptor'],
        timing: true,
      };
    }
    await pause(RETRY_MS);
  }
}

async function attemptOnce(
  run: TestRun,
  port: PortName,
  deadlineUs: number,
  depth: 'answers' | 'accepts',
): Promise<Attempt> {
  const name = run.nextName('probe');
  const connection = await dial(run, { name, port });
  run.enter('probe', [connection]);
  if (connection.failure) {
    const { whose, text } = connection.failure;
    return { served: false, why: text, ours: whose === 'ours' };
  }
  const habit = run.context.habits[port]?.answers ?? 'reply';
  const attempt =
    depth === 'accepts' || (port === 'query' && habit !== 'reply')
      ? await accepted(run, connection, deadlineUs)
      : await answered(run, connection, Math.max(1, (deadlineUs - nowUs()) / 1_000));
  await closeConnection(run, connection);
  return attempt;
}

async function answered(run: TestRun, connection: Connection, withinMs: number): Promise<Attempt> {
  try {
    const request = await sendOn(run, connection, {});
    const result = await awaitAnswer(run, connection, request, withinMs);
    if (result.came) return { served: true, us: result.came.us };
    return { served: false, why: result.text };
  } catch (error) {
    if (error instanceof StepFailure) return { served: false, why: error.message };
    throw error;
  }
}

/**
 * Where the device's end can be seen, an inode of its own shows that the application took the connection. One that it
 * ends at once was not taken, unless that is all it ever does on this port.
 */
async function accepted(run: TestRun, connection: Connection, deadlineUs: number): Promise<Attempt> {
  const isAccepted = (): boolean => {
    const { device } = viewOf(connection.name, run.history.of(connection.name));
    const taken = device.states.some((fact) => fact.state !== 'none' && (fact.inode ?? 1) !== 0);
    return !device.seenAlive || taken;
  };
  const isEnded = (): boolean => endedByDevice(run, connection);
  await run.history.until(() => isAccepted() || isEnded(), deadlineUs, run.context.signal);
  const closesAlways = run.context.habits[connection.portName ?? 'query']?.answers === 'close';
  if (isEnded() && !closesAlways) return { served: false, why: 'the device ends the connection at once' };
  if (isAccepted() || isEnded()) return { served: true, us: nowUs() };
  return { served: false, why: 'its application does not accept the connection' };
}
