import { setTimeout as pause } from 'node:timers/promises';
import { msToUs, nowUs } from '../history/clock.ts';
import type { Connection } from '../ncs/connection.ts';
import type { Delivery } from '../suite/message.ts';
import { encodeText } from '../wire/encoding.ts';
import type { TestRun } from './run.ts';

/** Bytes of filler that are handed over at a time. */
const PIECE = 64 * 1024;

/** ms without the device taking a byte after which it counts as taking no more, counted in turns of our own. */
const STALL_MS = 300;

/** Turns in which those ms pass: a pause of this process itself can only take one of them. */
const STALL_TURNS = 6;

/** Bytes that may wait to be read by the device before anything more is sent to it. */
const MOST_UNREAD = 128 * 1024;

/** What became of bytes that were handed to our descriptor. */
type Handed = { taken: true } | { taken: false; why: 'time' | 'gone'; problem?: string };

/**
 * Sends bytes in small pieces, so slowly that others could be kept waiting. It ends early where the device ends
 * the connection, because giving up so slow a sender is its right; what became of that is in the history.
 */
export async function drip(
  run: TestRun,
  connection: Connection,
  bytes: Buffer,
  how: NonNullable<Delivery['drip']>,
): Promise<void> {
  const size = run.values.count(how.bytes);
  const everyMs = run.values.ms(how.every);
  const endUs = how.until === undefined ? Infinity : nowUs() + msToUs(run.values.ms(how.until));
  for (let at = 0; at < bytes.length && nowUs() < endUs && !run.slowly.aborted; at += size) {
    const problem = await connection.send(bytes.subarray(at, at + size));
    if (problem !== undefined) return note(run, connection, `ended while a message trickled in (${problem})`);
    await pause(everyMs, undefined, { signal: run.slowly }).catch(() => {});
  }
}

/**
 * Sends a message that never ends: most of it, then filler until the device gives up, or the bytes or the time are
 * spent.
 * @param whole the message; its end is never sent
 */
export async function endless(
  run: TestRun,
  connection: Connection,
  whole: Buffer,
  how: NonNullable<Delivery['endless']>,
): Promise<void> {
  const endUs = nowUs() + msToUs(run.values.ms(how.time));
  const { encoding } = run.context.target;
  const filler = encodeText('x'.repeat(encoding === 'utf-8' ? PIECE : PIECE / 2), encoding);
  let next = whole.subarray(0, Math.floor(whole.length * 0.3) * 2);
  let sent = 0;
  let handed: Handed = { taken: true };
  while (handed.taken && sent < how.bytes && nowUs() < endUs && !run.slowly.aborted) {
    const startUs = nowUs();
    handed = await handOver(run, connection, next, (endUs - startUs) / 1_000);
    if (handed.taken) sent += next.length;
    if (how.rate) {
      const restMs = Math.max(0, (next.length / how.rate) * 1_000 - (nowUs() - startUs) / 1_000);
      await pause(restMs, undefined, { signal: run.slowly }).catch(() => {});
    }
    next = filler;
  }
  const ended =
    handed.taken || handed.why === 'time' ? 'not given up' : `given up (${handed.problem ?? 'closed'})`;
  note(run, connection, `a message that never ends was ${ended} after ${sent} bytes`);
}

/**
 * Sends messages one after the other until the device takes no more, or until so many bytes or so long: with our
 * reading paused, its answers have then filled the window.
 * @param make makes some more messages
 */
export async function flood(
  run: TestRun,
  connection: Connection,
  make: () => Buffer,
  how: NonNullable<Delivery['flood']>,
): Promise<void> {
  const endUs = nowUs() + msToUs(run.values.ms(how.time));
  let sent = 0;
  let ended = 'was still reading';
  while (sent < how.bytes && nowUs() < endUs && !run.context.signal.aborted) {
    const messages = make();
    const handed = await handOver(run, connection, messages, STALL_MS, STALL_TURNS);
    if (handed.taken) sent += messages.length;
    if (!handed.taken && handed.why === 'gone') ended = `had ended it (${handed.problem ?? 'closed'})`;
    else if (!handed.taken || !(await reads(run, connection))) ended = 'read no more';
    else continue;
    break;
  }
  note(run, connection, `after ${sent} bytes of requests the device ${ended}`);
}

/** Whether the device goes on reading what is waiting for it; where that cannot be seen it is taken for granted. */
async function reads(run: TestRun, { tuple }: Connection): Promise<boolean> {
  let before: number | undefined;
  for (let still = 0; still < STALL_TURNS;) {
    const unread = tuple && run.context.unread(tuple);
    if (unread === undefined || unread < MOST_UNREAD || run.context.signal.aborted) return true;
    still = unread === before ? still + 1 : 0;
    before = unread;
    await pause(STALL_MS / STALL_TURNS);
  }
  return false;
}

/** Sends bytes and waits until the kernel has them, at most so many ms, which pass in so many turns. */
async function handOver(
  run: TestRun,
  connection: Connection,
  bytes: Buffer,
  withinMs: number,
  turns = 1,
): Promise<Handed> {
  let handed: Handed | undefined;
  const over = new AbortController();
  const stop = (): void => over.abort();
  run.slowly.addEventListener('abort', stop);
  void connection.send(bytes).then((problem) => {
    handed = problem === undefined ? { taken: true } : { taken: false, why: 'gone', problem };
    over.abort();
  });
  for (let turn = 0; turn < turns && !over.signal.aborted; turn += 1) {
    await pause(withinMs / turns, undefined, { signal: over.signal }).catch(() => {});
  }
  run.slowly.removeEventListener('abort', stop);
  return handed ?? { taken: false, why: 'time' };
}

function note(run: TestRun, connection: Connection, text: string): void {
  run.history.record({ kind: 'note', connection: connection.name, about: 'device', text });
}
