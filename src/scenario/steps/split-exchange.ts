import { msToUs, nowUs } from '../../history/clock.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { Step } from '../../suite/model.ts';
import { splitOffsets } from '../../wire/split-places.ts';
import { preview } from '../compose.ts';
import type { SplitAccount, TestRun } from '../run.ts';
import { NotApplicable, StepFailure } from '../step-failure.ts';
import { exchangeOnce, isRefusal } from './receive.ts';
import { withProbe } from './send.ts';

type ExchangeStep = Extract<Step, { verb: 'exchange' }>;

/** Connections that may be opened one after the other without the permission for load. */
const GENTLE_CONNECTIONS = 10;

/**
 * Exchanges a message once for every place of one kind, split there into two segments, until one is not answered or
 * the time is over. It does not fail the test by itself: its account is what `answered` judges.
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
  const offsets = splitOffsets(bytes, encoding, splits.at);
  const kind = splits.at.replaceAll('-', ' ');
  if (offsets.length === 0) throw new NotApplicable(`the message has no place ${kind} in ${encoding}`);
  const account: SplitAccount = { kind, places: offsets.length, bytes: bytes.length, answered: 0 };
  if (step.as !== undefined) run.splits.set(step.as, account);
  const endUs = nowUs() + msToUs(run.values.ms(splits.for));
  let connection = first;
  let opened = 1;
  for (const offset of offsets) {
    const ended = whyStop(run, endUs, opened);
    if (ended !== undefined && account.answered > 0) {
      account.ended = ended;
      return;
    }
    const next = await exchangeAt(run, connection, { step, offset, withinMs, account });
    if (!next) return;
    if (next !== connection) {
      opened += 1;
      run.enter(step.on, [next]);
    }
    connection = next;
  }
}

function whyStop(run: TestRun, endUs: number, opened: number): string | undefined {
  if (run.context.signal.aborted) return 'the campaign was interrupted';
  if (nowUs() >= endUs) return 'the time for it was over';
  if (opened < GENTLE_CONNECTIONS || run.context.target.permissions.has('load')) return undefined;
  return 'each took a connection of its own, and more of them need the permission for load';
}

/** One exchange, split at one offset; the connection that carried it, or nothing where it failed. */
async function exchangeAt(
  run: TestRun,
  connection: Connection,
  asked: { step: ExchangeStep; offset: number; withinMs: number; account: SplitAccount },
): Promise<Connection | undefined> {
  const { step, offset, withinMs, account } = asked;
  const { splits: _splits, optional: _optional, ...whole } = step;
  const failed = (text: string): void => {
    account.failed = { offset, text, connection: connection.name };
  };
  try {
    const used = await exchangeOnce(run, connection, { ...whole, split: [offset] }, { withinMs, on: step.on });
    const last = used.received.at(-1);
    if (last && isRefusal(last)) {
      failed(`it was refused by ${last.message.name}`);
      return undefined;
    }
    account.answered += 1;
    return used;
  } catch (error) {
    if (!(error instanceof StepFailure) || error.outcome !== 'fail') throw error;
    failed(error.message);
    return undefined;
  }
}
