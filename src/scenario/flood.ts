import { setTimeout as pause } from 'node:timers/promises';
import { msToUs, nowUs } from '../history/clock.ts';
import type { Connection } from '../ncs/connection.ts';
import type { Delivery } from '../suite/message.ts';
import type { TestRun } from './run.ts';
import { handOver, note } from './slow-sending.ts';
import { NotApplicable } from './step-failure.ts';

/** ms without any change after which a device counts as waiting, counted in turns of our own. */
const STALL_MS = 300;

/** Turns in which those ms pass: a pause of this process itself can only take one of them. */
const STALL_TURNS = 6;

/** Bytes that may wait to be read by the device before anything more is sent to it. */
const MOST_UNREAD = 128 * 1024;

/**
 * Sends messages one after the other until the device takes no more, or until so many bytes or so long. With our
 * reading paused its answers must have nowhere left to go then, or whoever waits for us at the device was never made
 * to wait, and what the test asks next would show nothing.
 * @param make makes some more messages
 * @throws NotApplicable where we do not read and the device's answers were not seen to wait for us
 */
export async function flood(
  run: TestRun,
  connection: Connection,
  make: () => Buffer,
  how: NonNullable<Delivery['flood']>,
): Promise<void> {
  const endUs = nowUs() + msToUs(run.values.ms(how.time));
  const replies = new Replies(run, connection);
  let sent = 0;
  while (nowUs() < endUs && !run.context.signal.aborted) {
    const isSpent = sent >= how.bytes;
    if (isSpent && (!connection.isReadingPaused || hasReadAll(run, connection))) break;
    // Its answers may still be coming where the device has not read everything.
    if (isSpent) await pause(STALL_MS / STALL_TURNS);
    const messages = isSpent ? undefined : make();
    const handed = messages && (await handOver(run, connection, messages, STALL_MS, STALL_TURNS));
    if (messages && handed?.taken) sent += messages.length;
    if (handed?.taken === false && handed.why === 'gone')
      return tell(`had ended it (${handed.problem ?? 'closed'})`);
    const isReading = handed?.taken !== false && (await reads(run, connection, endUs));
    if (hasEnded(run, connection)) return tell('had ended it');
    if (!connection.isReadingPaused) {
      if (!isReading) return tell('read no more');
    } else if (!isReading && (await replies.wait())) return tell('read no more: its answers wait for us');
    else if (replies.haveStood) return tell('was still reading, and its answers wait for us');
  }
  tell('was still reading');
  if (!connection.isReadingPaused || run.context.signal.aborted) return;
  if ((await replies.wait()) && !replies.areSeen) return;
  throw new NotApplicable(
    `after ${sent} bytes of requests the answers of the device still had somewhere to go, or nothing shows that they had not`,
  );

  function tell(ended: string): void {
    note(run, connection, `after ${sent} bytes of requests the device ${ended}`);
  }
}

/** Whether nothing waits to be read by the device, as far as that can be seen. */
function hasReadAll({ context }: TestRun, { tuple }: Connection): boolean {
  return ((tuple && context.deviceEnd(tuple)?.unread) ?? 0) === 0;
}

/** Whether the device has sent its FIN, which we do not read. */
function hasEnded({ context }: TestRun, { tuple }: Connection): boolean {
  return tuple !== undefined && context.ownEnd(tuple)?.state === 'CLOSE_WAIT';
}

/** The device's answers that have nowhere to go because we do not read. */
class Replies {
  readonly #run: TestRun;
  readonly #connection: Connection;
  #waiting = 0;
  #sinceUs = nowUs();
  #looks = 0;

  constructor(run: TestRun, connection: Connection) {
    this.#run = run;
    this.#connection = connection;
  }

  /** Whether the queue that is looked at is the one that fills last, at the device. */
  get areSeen(): boolean {
    return this.#atDevice !== undefined;
  }

  /** Looks; whether as many bytes as before have waited for some time, though the device has read more requests. */
  get haveStood(): boolean {
    const waiting = this.#atDevice;
    if (waiting === undefined) return false;
    return this.#stands(waiting);
  }

  /** Whether bytes of the device wait, and go on waiting: at its own end, or in front of ours where that is all we see. */
  async wait(): Promise<boolean> {
    const before = this.#atDevice ?? this.#atOurs ?? 0;
    for (let turn = 0; turn < STALL_TURNS && before > 0; turn += 1) {
      await pause(STALL_MS / STALL_TURNS);
      if ((this.#atDevice ?? this.#atOurs) !== before) return false;
    }
    return before > 0;
  }

  get #atDevice(): number | undefined {
    const { tuple } = this.#connection;
    return tuple && this.#run.context.deviceEnd(tuple)?.unsent;
  }

  get #atOurs(): number | undefined {
    const { tuple } = this.#connection;
    return tuple && this.#run.context.ownEnd(tuple)?.unread;
  }

  #stands(waiting: number): boolean {
    this.#looks += 1;
    if (waiting !== this.#waiting || waiting === 0) {
      this.#waiting = waiting;
      this.#sinceUs = nowUs();
      this.#looks = 0;
    }
    return this.#looks >= STALL_TURNS && nowUs() - this.#sinceUs >= msToUs(STALL_MS);
  }
}

/** Whether the device goes on reading what is waiting for it; where that cannot be seen it is taken for granted. */
async function reads(run: TestRun, { tuple }: Connection, endUs: number): Promise<boolean> {
  let before: number | undefined;
  for (let still = 0; still < STALL_TURNS && nowUs() < endUs;) {
    const unread = tuple && run.context.deviceEnd(tuple)?.unread;
    if (unread === undefined || unread < MOST_UNREAD || run.context.signal.aborted) return true;
    still = unread === before ? still + 1 : 0;
    before = unread;
    await pause(STALL_MS / STALL_TURNS);
  }
  return nowUs() >= endUs;
}
