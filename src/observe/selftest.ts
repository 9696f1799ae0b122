import { setTimeout as sleep } from 'node:timers/promises';
import { msToUs, nowUs } from '../history/clock.ts';
import type { Tuple } from '../history/facts.ts';
import { sentence } from './blind.ts';
import { openPair, type Pair } from './own-pair.ts';
import { queryFor, type SocketObserver, type SocketReading } from './observer.ts';

const DEADLINE_MS = 2_000;

/**
 * Proves an observer on a connection of our own: it has to see both ends ESTABLISHED and then gone or in
 * TIME_WAIT. An observer that answers "no such socket" for a live one would make every verdict worthless.
 * @returns true, or in one sentence why it cannot be relied on; never throws
 */
export async function selfTest(observer: SocketObserver): Promise<true | string> {
  let pair: Pair | undefined;
  try {
    pair = await openPair();
    const alive = await look(observer, pair.tuple);
    if (!alive.every((reading) => reading?.state === 'ESTABLISHED')) return notAlive(alive);
    pair.close();
    return await seeRelease(observer, pair.tuple);
  } catch (error) {
    return sentence(error);
  } finally {
    pair?.destroy();
  }
}

async function seeRelease(observer: SocketObserver, tuple: Tuple): Promise<true | string> {
  const deadlineUs = nowUs() + msToUs(DEADLINE_MS);
  for (;;) {
    const ends = await look(observer, tuple);
    if (ends.every((reading) => reading === null || reading.state === 'TIME_WAIT')) return true;
    if (nowUs() > deadlineUs)
      return `it still shows ${states(ends)} after a connection of our own was closed`;
    await sleep(2);
  }
}

function look(observer: SocketObserver, tuple: Tuple): Promise<(SocketReading | null)[]> {
  return Promise.resolve(observer.lookup([queryFor(tuple, 'ncs'), queryFor(tuple, 'device')]));
}

function notAlive(ends: readonly (SocketReading | null)[]): string {
  if (ends.every((reading) => reading === null))
    return 'it says that there is no socket for a live connection of our own';
  return `it shows ${states(ends)} for a live connection of our own`;
}

function states(ends: readonly (SocketReading | null)[]): string {
  return ends.map((reading) => reading?.state ?? 'no socket').join(' and ');
}
