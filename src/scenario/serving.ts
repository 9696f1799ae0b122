import { setTimeout as pause } from 'node:timers/promises';
import { formatUs, msToUs, nowUs } from '../history/clock.ts';
import type { PortName } from '../history/facts.ts';
import { symptom, type Symptom } from '../history/symptoms.ts';
import { symptomOfFailure } from '../ncs/failure.ts';
import type { Connection } from '../ncs/connection.ts';
import type { PortHabits } from '../results/results.ts';
import { failed, passed, undecided, type Concluded } from '../judge/concluded.ts';
import { viewOf } from '../judge/view.ts';
import type { TestRun } from './run.ts';
import { dial, untilRoom } from './steps/connect.ts';
import { closeConnection } from './steps/end.ts';
import { awaitAnswer, endedByDevice } from './steps/await-answer.ts';
import { sendOn } from './steps/send.ts';
import { StepFailure } from './step-failure.ts';
import { PROBE } from '../suite/our-names.ts';

/** ms between two attempts. */
const RETRY_MS = 100;

/** A wait ends at its deadline: what is seen so much later was seen by a process that stood still. */
const STANDSTILL_US = 500_000;

/** One attempt's result; a limit of ours (a clause) ends the attempts at once. */
type Attempt =
  { served: true; us: number } | { served: false; symptom: Symptom } | { served: false; ours: string };

/** What trying a port showed, and the connection of the last attempt. */
export interface ServingProof {
  concluded: Concluded;
  connections: string[];
}

/** How much a port has to show. */
type Depth = 'answers' | 'accepts' | undefined;

/** How a port is tried. */
export interface Trying {
  /**
   * `accepts` is content with an accepted connection, where an answer would take too long; `answers` is not, though
   * nothing on this port was ever answered. Where absent, the port is to serve as it did at first.
   */
  depth?: Depth;
  /** ms that an attempt gets for its answer, even where it began just before the deadline. */
  leastMs?: number;
}

/** ms for one attempt of a port that has time to recover: the last one is no worse off than the others. */
export const RECOVERY_ATTEMPT_MS = 1_000;

/**
 * Proves that the application behind a port serves: a new connection, an exchange, a close. A refusal or a
 * close is tried again until the deadline; silence is waited for. A query port that answers nothing owes a
 * connection that its application accepts.
 */
export async function proveServing(
  run: TestRun,
  port: PortName,
  withinMs: number,
  { depth, leastMs = 0 }: Trying = {},
): Promise<ServingProof> {
  // The device owes nothing for the time for which others acted, or for which it had no place.
  await run.act();
  await untilRoom(run);
  const startUs = nowUs();
  const deadlineUs = startUs + msToUs(withinMs);
  // An attempt that could only just begin shows nothing.
  const lastStartUs = deadlineUs - msToUs(leastMs > 0 ? 0 : 2 * RETRY_MS);
  for (;;) {
    const name = run.nextName(PROBE);
    const attempt = await attemptOnce(run, { name, port, deadlineUs, leastMs, depth });
    const concluded = concludeAttempt(attempt, { port, startUs, deadlineUs: deadlineUs + msToUs(leastMs) });
    const isFinal = concluded.outcome !== 'fail' || nowUs() >= lastStartUs || run.context.signal.aborted;
    if (isFinal) return { concluded, connections: [name] };
    await pause(RETRY_MS);
    await untilRoom(run);
  }
}

function concludeAttempt(
  attempt: Attempt,
  { port, startUs, deadlineUs }: { port: PortName; startUs: number; deadlineUs: number },
): Concluded {
  if ('ours' in attempt) return undecided(attempt.ours, []);
  if (!attempt.served) {
    return failed(symptom('not-serving', { port, cause: attempt.symptom }), { timing: true });
  }
  if (attempt.us <= deadlineUs + STANDSTILL_US)
    return passed(`served after ${formatUs(attempt.us - startUs)}`);
  const late = formatUs(attempt.us - deadlineUs);
  return undecided(`served, but this process stood still and saw it ${late} after the deadline`, []);
}

async function attemptOnce(
  run: TestRun,
  wanted: { name: string; port: PortName; deadlineUs: number; leastMs: number; depth: Depth },
): Promise<Attempt> {
  const { name, port, deadlineUs, depth } = wanted;
  const connection = await dial(run, { name, port });
  run.adopt(connection);
  if (connection.failure) {
    const { failure } = connection;
    if (failure.whose === 'ours') return { served: false, ours: failure.text };
    return { served: false, symptom: symptomOfFailure(failure) };
  }
  const habit = run.context.habits[port]?.answers ?? 'reply';
  const attempt =
    depth === 'accepts' || (habit !== 'reply' && (port === 'query' || (!depth && isWordless(run, habit))))
      ? await accepted(run, connection, deadlineUs)
      : await answered(run, connection, Math.max(1, wanted.leastMs, (deadlineUs - nowUs()) / 1_000));
  await closeConnection(run, connection);
  return attempt;
}

/** Whether nothing that was asked on a port was ever answered, though it took connections. */
function isWordless({ context }: TestRun, answers: PortHabits['answers']): boolean {
  return answers === 'silence' || context.isMute;
}

async function answered(run: TestRun, connection: Connection, withinMs: number): Promise<Attempt> {
  try {
    const request = await sendOn(run, connection, {});
    const result = await awaitAnswer(run, connection, request, withinMs);
    if (result.came) return { served: true, us: result.came.us };
    return { served: false, symptom: result.symptom };
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    return error.symptom ? { served: false, symptom: error.symptom } : { served: false, ours: error.message };
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
  if (isEnded() && !closesAlways) return { served: false, symptom: symptom('closed-unasked') };
  if (isAccepted() || isEnded()) return { served: true, us: nowUs() };
  return { served: false, symptom: symptom('not-accepted') };
}
