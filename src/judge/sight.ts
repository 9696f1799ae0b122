import { formatUs } from '../history/clock.ts';
import type { Concluded } from './concluded.ts';

/** How well one test could see and keep time. Whatever is wrong here is ours and never the device's. */
export interface Sight {
  /** Why the observer sees nothing now, one sentence without the final stop. */
  blind: string | undefined;
  /** The longest time for which this process stood still in this test, in microseconds. */
  lagUs: number;
  /** Why the absence of a socket proves nothing in this test, one sentence without the final stop. */
  absence: string | undefined;
}

/** From this lag on, a process that stood still may itself be the reason why something did not come in time. */
export const LARGE_LAG_US = 500_000;

/**
 * Why an outcome cannot be held against, or in favour of, the device: the reason, one clause, or nothing.
 * @param sight asked only where the outcome depends on it
 */
export function doubtAbout(concluded: Concluded, sight: () => Sight): string | undefined {
  const { outcome, means } = concluded;
  if (outcome === 'inconc' || outcome === 'error') return undefined;
  if (outcome === 'not observable') {
    const { blind } = sight();
    return blind && `the sockets could not be seen (${blind})`;
  }
  if (concluded.absence) {
    const { absence } = sight();
    if (absence !== undefined) return `that there is no socket proves nothing here: ${absence}`;
  }
  if (concluded.outcome !== 'fail') return undefined;
  const { blind, lagUs } = sight();
  const lookedAt = means.some((one) => one !== 'descriptor');
  if (lookedAt && blind !== undefined) return `the sockets could no longer be seen (${blind})`;
  if (concluded.timing && lagUs >= LARGE_LAG_US)
    return `this process stood still for ${formatUs(lagUs)} in this test`;
  return undefined;
}
