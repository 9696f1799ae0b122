import { formatUs } from '../history/clock.ts';
import { VANTAGES, type Vantage } from '../history/facts.ts';
import { rootOf, type Symptom } from '../history/symptoms.ts';
import type { Concluded } from './concluded.ts';

/** How well one test could see and keep time. Whatever is wrong here is ours and never the device's. */
export interface Sight {
  /** Why the observer of a vantage sees nothing now, one sentence without the final stop; none for one that sees. */
  blind: Readonly<Partial<Record<Vantage, string>>>;
  /** The longest time for which this process stood still in this test, in microseconds. */
  lagUs: number;
  /**
   * Why the absence of a socket proves nothing in this test, one sentence without the final stop. The kernel is asked
   * for it, which takes longer than the rest.
   */
  whyNotAbsent: () => string | undefined;
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
  if (outcome === 'not observable') return unseen(sight(), VANTAGES, 'could not be seen');
  if (concluded.absence) {
    const absence = sight().whyNotAbsent();
    if (absence !== undefined) return `that there is no socket proves nothing here: ${absence}`;
  }
  if (concluded.outcome !== 'fail') return undefined;
  const now = sight();
  const lookedAt = means.some((one) => one !== 'descriptor') ? seenAt(concluded.symptom) : [];
  const lost = unseen(now, lookedAt, 'could no longer be seen');
  if (lost !== undefined) return lost;
  const madeUp = rootOf(concluded.symptom).madeUp === true;
  if (concluded.timing && !madeUp && now.lagUs >= LARGE_LAG_US)
    return `this process stood still for ${formatUs(now.lagUs)} in this test`;
  return undefined;
}

/** The ends at which that was seen which speaks against a device; both where it does not say. */
function seenAt({ states = {}, inferred }: Symptom): readonly Vantage[] {
  if (inferred) return ['ncs'];
  const told = VANTAGES.filter((vantage) => vantage in states);
  return told.length > 0 ? told : VANTAGES;
}

const ENDS: Record<Vantage, string> = { ncs: 'our end', device: "the device's end" };

/** Which of these ends are not seen, and why; undefined where all are. */
function unseen({ blind }: Sight, at: readonly Vantage[], how: string): string | undefined {
  const [first, ...more] = at.filter((vantage) => blind[vantage] !== undefined);
  if (first === undefined) return undefined;
  if (more.some((vantage) => blind[vantage] === blind[first])) return `both ends ${how} (${blind[first]})`;
  return [first, ...more].map((vantage) => `${ENDS[vantage]} ${how} (${blind[vantage]})`).join(', ');
}
