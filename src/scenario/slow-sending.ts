import { setTimeout as pause } from 'node:timers/promises';
import { msToUs, nowUs } from '../history/clock.ts';
import type { Connection } from '../ncs/connection.ts';
import type { Delivery } from '../suite/message.ts';
import { encodeText } from '../wire/encoding.ts';
import type { TestRun } from './run.ts';

/** Bytes of filler that are handed over at a time. */
const PIECE = 64 * 1024;

/** What became of bytes that were handed to our descriptor. */
export type Handed = { taken: true } | { taken: false; why: 'time' | 'gone'; problem?: string };

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

/** Sends bytes and waits until the kernel has them, at most so many ms, which pass in so many turns of our own. */
export async function handOver(
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

export function note(run: TestRun, connection: Connection, text: string): void {
  run.history.record({ kind: 'note', connection: connection.name, about: 'device', text });
}
