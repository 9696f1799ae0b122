import { msToUs, nowUs } from '../../history/clock.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Step } from '../../suite/model.ts';
import { splitOffsets, type SplitPlace } from '../../wire/split-places.ts';
import type { Encoding } from '../../wire/types.ts';
import { preview } from '../compose.ts';
import type { SplitAccount, TestRun } from '../run.ts';
import { NotApplicable, StepFailure } from '../step-failure.ts';
import { open } from './connect.ts';
import { exchangeOnce, isRefusal } from './receive.ts';
import { withProbe } from './send.ts';

type ExchangeStep = Extract<Step, { verb: 'exchange' }>;

/** Connections that may be opened one after the other without the permission for load. */
const GENTLE_CONNECTIONS = 10;

/** ms beyond three times its usual time to a reply in which a device may answer what it did not answer at first. */
const SECOND_CHANCE_MS = 1_000;

/**
 * Exchanges a message once for every place of one kind, split there into two segments, until one is not answered or
 * the time is over. What is not answered is repeated on another connection: only what fails again is held against the
 * split. It does not fail the test by itself: its account is what `answered` judges.
 */
export async function exchangeSplit(
  run: TestRun,
  step: ExchangeStep,
  splits: NonNullable<ExchangeStep['splits']>,
  withinMs: number,
): Promise<void> {
  const [first] = run.latest(step.on);
  if (!first) return;
  const { bytes, encoding } = preview(run, withProbe(run, first, step));
  const offsets = placesToSplit(run, splits.at, bytes, encoding);
  const kind = splits.at.replaceAll('-', ' ');
  if (offsets.length === 0) throw new NotApplicable(`the message has no place ${kind} in ${encoding}`);
  const account: SplitAccount = { kind, places: offsets.length, bytes: bytes.length, answered: 0 };
  if (step.as !== undefined) run.splits.set(step.as, account);
  const endUs = nowUs() + msToUs(run.values.ms(splits.for));
  let connection = first;
  let opened = 1;
  const moveTo = (next: Connection): void => {
    if (next === connection) return;
    opened += 1;
    connection = next;
    run.enter(step.on, [next]);
  };
  for (const offset of offsets) {
    const ended = account.answered > 0 ? whyStop(run, endUs, opened) : undefined;
    if (ended !== undefined) {
      account.ended = ended;
      return;
    }
    const once = await exchangeAt(run, connection, { step, offset, withinMs });
    moveTo(once.connection);
    if (once.why === undefined) {
      account.answered += 1;
      continue;
    }
    moveTo(await fresh(run, connection, step.on));
    const again = await exchangeAt(run, connection, {
      step,
      offset,
      withinMs: promptMs(run, first, withinMs),
    });
    if (again.why !== undefined) {
      account.failed = { offset, text: once.why, connection: once.connection.name };
      return;
    }
    note(
      run,
      once.connection,
      `split after byte ${offset} it was not answered, and was when that was repeated`,
    );
    account.answered += 1;
  }
}

/** The places in the order in which they are tried: which of them come first, where there are many, is left to chance. */
export function placesToSplit(
  run: TestRun,
  at: SplitPlace,
  bytes: Buffer,
  encoding: Encoding,
): readonly number[] {
  const chance = run.chance(`splits ${at}`);
  return splitOffsets(bytes, encoding, at, (limit) => chance.below(limit));
}

function whyStop(run: TestRun, endUs: number, opened: number): string | undefined {
  if (run.context.signal.aborted) return 'the campaign was interrupted';
  if (nowUs() >= endUs) return 'the time for it was over';
  if (opened < GENTLE_CONNECTIONS || run.context.target.permissions.has('load')) return undefined;
  return 'each took a connection of its own, and more of them need the permission for load';
}

/** One exchange, split at one offset: the connection that carried it, and why it failed where it did. */
async function exchangeAt(
  run: TestRun,
  connection: Connection,
  asked: { step: ExchangeStep; offset: number; withinMs: number },
): Promise<{ connection: Connection; why?: string }> {
  const { step, offset, withinMs } = asked;
  const { splits: _splits, optional: _optional, ...whole } = step;
  try {
    const used = await exchangeOnce(
      run,
      connection,
      { ...whole, split: [offset] },
      { withinMs, on: step.on },
    );
    const last = used.received.at(-1);
    if (!last || !isRefusal(last)) return { connection: used };
    return { connection: used, why: `it was refused by ${last.message.name}` };
  } catch (error) {
    if (!(error instanceof StepFailure) || error.outcome !== 'fail') throw error;
    return { connection, why: error.message };
  }
}

/** Another connection, where what came before cannot disturb; a device that is only now and then silent answers there. */
async function fresh(run: TestRun, connection: Connection, name: string): Promise<Connection> {
  await connection.close();
  return open(run, { name: run.nextName(name), port: connection.portName ?? 'upper', once: true });
}

/** ms within which a device that has just been given its full time gets a second chance. */
function promptMs(run: TestRun, { portName }: Connection, withinMs: number): number {
  const usualMs = (portName && run.context.habits[portName]?.replyMs) ?? 0;
  return Math.min(withinMs, SECOND_CHANCE_MS + 3 * usualMs);
}

function note(run: TestRun, connection: Connection, text: string): void {
  run.history.record({ kind: 'note', connection: connection.name, about: 'device', text });
}
