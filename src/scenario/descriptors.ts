import { setTimeout as pause } from 'node:timers/promises';
import { msToUs, nowUs } from '../history/clock.ts';
import type { PlayContext } from './context.ts';

/** ms between two counts while descriptors may still be given back. */
const COUNT_MS = 250;

/**
 * By how many the device's descriptors without a connection have grown. They are counted again until they have grown by
 * less than `few`, or the release time is over.
 * @param before how many there were at first; absent where they could not be counted
 * @returns undefined where they cannot be counted, then or now
 */
export async function descriptorsGrown(
  { descriptors, signal, target }: PlayContext,
  before: number | undefined,
  few: number,
): Promise<number | undefined> {
  if (before === undefined) return undefined;
  const untilUs = nowUs() + msToUs(target.times.releaseTime);
  for (;;) {
    const now = descriptors?.unlisted();
    if (now === undefined) return undefined;
    const grown = now - before;
    if (grown < few || nowUs() >= untilUs || signal.aborted) return grown;
    await pause(COUNT_MS);
  }
}
