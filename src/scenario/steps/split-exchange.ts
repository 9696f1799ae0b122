import { msToUs, nowUs } from '../../history/clock.ts';
import { symptom, type Symptom } from '../../history/symptoms.ts';
import type { Connection } from '../../ncs/connection.ts';
import type { StepOf } from '../../suite/model.ts';
import { splitOffsets, type SplitPlace } from '../../wire/split-places.ts';
import type { Encoding } from '../../wire/types.ts';
import { preview } from '../compose.ts';
import type { TestRun } from '../run.ts';
import type { SplitAccount } from '../split-account.ts';
import { NotApplicable, StepFailure } from '../step-failure.ts';
import { BLIND_PAUSES_MS } from '../until-read.ts';
import { open } from './connect.ts';
import { isRefusal } from './await-answer.ts';
import { exchangeOnce } from './exchange-once.ts';
import { withProbe } from './send.ts';

type ExchangeStep = StepOf<'exchange'>;

/** Connections that may be opened one after the other without the permission for load. */
const GENTLE_CONNECTIONS = 10;

/** ms beyond three times its usual time to a reply in which a device may answer what it did not answer at first. */
const SECOND_CHANCE_MS = 1_000;

/** Places that are tried with the longest pause where nobody can see whether the pieces are kept apart. */
const CAREFUL_PLACES = 3;

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
  const account: SplitAccount = {
    ...{ kind, places: offsets.length, bytes: bytes.length },
    ...{ answered: 0, unseparated: 0 },
  };
  if (step.as !== undefined) run.splits.set(step.as, account);
  await run.act();
  const endUs = nowUs() + msToUs(run.values.ms(splits.for));
  const trial = new SplitTrial(run, step, { first, withinMs });
  for (const [index, offset] of offsets.entries()) {
    const ended = index > 0 ? whyStop(run, endUs, trial.opened) : undefined;
    if (ended !== undefined) {
      account.ended = ended;
      return;
    }
    const tried = await trial.at(offset, index < CAREFUL_PLACES);
    if (tried.became === 'answered') account.answered += 1;
    else if (tried.became === 'unseparated') account.unseparated += 1;
    else {
      const { symptom, connection } = tried;
      account.failed = { offset, symptom, connection };
      return;
    }
  }
}

/** What became of a split at one place. */
type Tried =
  | { became: 'answered' }
  /** The device may have found both pieces in one read: it shows nothing. */
  | { became: 'unseparated' }
  | { became: 'lost'; symptom: Symptom; connection: string };

/** Splits a message at one place after the other, on one connection for as long as it carries answers. */
class SplitTrial {
  /** Connections used so far. */
  opened = 1;
  readonly #run: TestRun;
  readonly #step: ExchangeStep;
  readonly #withinMs: number;
  #connection: Connection;
  /** Where in {@link BLIND_PAUSES_MS} the pauses stand: they grow where two tries of one place disagree. */
  #pause = 0;

  constructor(
    run: TestRun,
    step: ExchangeStep,
    { first, withinMs }: { first: Connection; withinMs: number },
  ) {
    this.#run = run;
    this.#step = step;
    this.#withinMs = withinMs;
    this.#connection = first;
  }

  /** @param carefully with the longest pause, where nobody can see whether the pieces are kept apart */
  async at(offset: number, carefully: boolean): Promise<Tried> {
    for (;;) {
      this.#run.blindPauseMs = pauseMs(carefully ? BLIND_PAUSES_MS.length : this.#pause);
      const once = await this.#exchange(offset, this.#withinMs);
      if (once.symptom === undefined) return { became: once.unseparated ? 'unseparated' : 'answered' };
      const lost: Tried = { became: 'lost', symptom: once.symptom, connection: once.connection.name };
      this.#moveTo(await fresh(this.#run, this.#connection, this.#step.on));
      const again = await this.#exchange(offset, promptMs(this.#run, once.connection, this.#withinMs));
      if (again.symptom !== undefined) return lost;
      const text = `split after byte ${offset} it was not answered, and was when that was repeated`;
      note(this.#run, once.connection, text);
      if (carefully || this.#pause + 1 >= BLIND_PAUSES_MS.length) return { became: 'answered' };
      this.#pause += 1;
    }
  }

  async #exchange(offset: number, withinMs: number): Promise<SplitExchange> {
    const exchanged = await exchangeAt(this.#run, this.#connection, { step: this.#step, offset, withinMs });
    this.#moveTo(exchanged.connection);
    return exchanged;
  }

  #moveTo(next: Connection): void {
    if (next === this.#connection) return;
    this.opened += 1;
    this.#connection = next;
    this.#run.enter(this.#step.on, [next]);
  }
}

function pauseMs(index: number): number {
  return BLIND_PAUSES_MS[Math.min(index, BLIND_PAUSES_MS.length - 1)] ?? 0;
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
  if (run.context.signal.aborted) return String(run.context.signal.reason);
  if (nowUs() >= endUs) return 'the time for it was over';
  if (opened < GENTLE_CONNECTIONS || run.context.target.permissions.has('load')) return undefined;
  return 'each took a connection of its own, and more of them need the permission for load';
}

/** One exchange, split at one offset. */
interface SplitExchange {
  /** The connection that carried it. */
  connection: Connection;
  /** Why it failed, where it did. */
  symptom?: Symptom;
  /** Its pieces may have met in one read of the device. */
  unseparated?: boolean;
}

async function exchangeAt(
  run: TestRun,
  connection: Connection,
  asked: { step: ExchangeStep; offset: number; withinMs: number },
): Promise<SplitExchange> {
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
    if (!last || !isRefusal(last)) {
      return { connection: used, unseparated: last?.request?.unseparated === true };
    }
    return { connection: used, symptom: symptom('request-refused', { message: last.message.name }) };
  } catch (error) {
    if (!(error instanceof StepFailure) || !error.symptom) throw error;
    return { connection, symptom: error.symptom };
  }
}

/** Another connection, where what came before cannot disturb; a device that is only now and then silent answers there. */
async function fresh(run: TestRun, connection: Connection, name: string): Promise<Connection> {
  await run.act();
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
