import { formatUs, msToUs, nowUs } from '../../history/clock.ts';
import type { Symptom } from '../../history/symptoms.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Delivery, MessageSpec } from '../../suite/message.ts';
import type { StepOf } from '../../suite/model.ts';
import type { TestRun } from '../run.ts';
import { failedStep, StepFailure } from '../step-failure.ts';
import { awaitAnswer, endedByDevice, type AnswerWait } from './await-answer.ts';
import { open } from './connect.ts';
import { captureFrom, ownsAnswer } from './receive.ts';
import { sendOn } from './send.ts';

type ExchangeStep = StepOf<'exchange'>;

/** A connection that was quiet for longer than this may be closed as idle just when it is used again. */
const IDLE_US = 500_000;

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
    const ended = isEnd(result.symptom);
    if (step.or === 'closed' && ended) return current;
    const mayHaveCrossed = ended && (before > 0 || quietUs > IDLE_US) && attempt === 0;
    if (!mayHaveCrossed) {
      if (step.optional) return current;
      const expected = `an answer within ${formatUs(msToUs(how.withinMs))}`;
      throw failedStep('answer', expected, result.symptom, [current.name]);
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
    const lost = error instanceof StepFailure && endedByDevice(run, connection) ? error.symptom : undefined;
    if (!lost) throw error;
    return { came: undefined, symptom: lost };
  }
}

/** Whether the device ended the connection instead of answering. */
function isEnd({ code }: Symptom): boolean {
  return code === 'closed-instead' || code === 'reset-instead' || code === 'not-sent';
}

/** When something last happened on a connection. */
function lastFactUs(run: TestRun, connection: Connection): number {
  return run.history.of(connection.name).at(-1)?.us ?? nowUs();
}

async function again(run: TestRun, connection: Connection, name: string): Promise<Connection> {
  await run.act();
  await connection.close();
  const port = connection.portName ?? 'upper';
  const next = await open(run, { name: run.nextName(name), port, once: true });
  run.adopt(next);
  return next;
}
