import type { PortName } from '../history/facts.ts';
import type { PortHabits, TestRecord, TestResult } from '../results/results.ts';
import type { Permission, Target } from '../subject/target.ts';
import { needsAnswers } from './asks.ts';
import { keyOf, type PlannedTest } from './plan.ts';

/** How a campaign stands when a test is due. */
export interface CampaignSoFar {
  readonly target: Target;
  readonly signal: AbortSignal;
  readonly habits: Readonly<Partial<Record<PortName, PortHabits>>>;
  readonly records: readonly TestRecord[];
  /** Why nothing but the opening sanity test is run. */
  readonly stopped: string | undefined;
  /** Why only what needs no answer is run. */
  readonly mute: string | undefined;
  /** In which test the device was lost, and how. */
  readonly lost: string | undefined;
}

/** Why a test that is due is not played; undefined where it is. */
export function whyNotPlayed(
  planned: PlannedTest,
  soFar: CampaignSoFar,
): Pick<TestResult, 'applicability' | 'reason'> | undefined {
  const { target, signal, stopped, mute, lost } = soFar;
  const waiver = waiverFor(planned, target);
  if (waiver !== undefined) return { applicability: 'waived', reason: waiver };
  if (signal.aborted) return { applicability: 'not run', reason: String(signal.reason) };
  if (stopped !== undefined) return { applicability: 'not run', reason: stopped };
  if (mute !== undefined && needsAnswers(planned.test)) return { applicability: 'not run', reason: mute };
  if (lost !== undefined) return { applicability: 'not run', reason: `device lost in ${lost}` };
  const useless = whyUseless(planned, soFar.habits);
  const accusing = useless === undefined ? undefined : accuserOf(planned, soFar.records);
  if (accusing) return { applicability: 'not run', reason: `${useless} (${accusing.result.key})` };
  const missing = missingPermissions(planned, target);
  if (missing.length === 0) return undefined;
  const reason = `needs the permission ${missing.join(' and ')} (--allow ${missing.join(',')})`;
  return { applicability: 'not permitted', reason };
}

/** What makes a test useless from the start, once another has failed for it. */
function whyUseless(planned: PlannedTest, habits: CampaignSoFar['habits']): string | undefined {
  if (refuses(planned, habits)) return `nothing listens on the ${planned.port} port`;
  return isSilent(planned, habits) ? `the ${planned.port} port answers nothing` : undefined;
}

/** Whether a test is about a port on which nothing listened from the start. */
export function refuses({ port }: PlannedTest, habits: CampaignSoFar['habits']): boolean {
  return port !== undefined && habits[port]?.answers === 'refused';
}

/** Whether a test asks something of a port that answered nothing from the start, though it owes answers. */
function isSilent({ port, test }: PlannedTest, habits: CampaignSoFar['habits']): boolean {
  return port !== undefined && port !== 'query' && habits[port]?.answers === 'silence' && needsAnswers(test);
}

/** The permissions that a test needs and the target does not grant. */
export function missingPermissions(planned: PlannedTest, target: Target): Permission[] {
  return planned.test.permissions.filter((permission) => !target.permissions.has(permission));
}

/** The reason of the waiver that covers a test: it names the test, or every requirement that it covers. */
function waiverFor(planned: PlannedTest, target: Target): string | undefined {
  const waivers = target.waived ?? [];
  const own = waivers.find(({ test }) => test === planned.test.id || test === keyOf(planned));
  if (own) return own.reason;
  const covering = planned.test.covers.map((id) => waivers.find(({ requirement }) => requirement === id));
  return covering.length > 0 && covering.every((one) => one !== undefined) ? covering[0]?.reason : undefined;
}

/** The test that has already failed for the port of this one: one defect, one accusation. */
function accuserOf({ port }: PlannedTest, records: readonly TestRecord[]): TestRecord | undefined {
  return records.find(({ result }) => result.port === port && result.verdict === 'fail');
}
