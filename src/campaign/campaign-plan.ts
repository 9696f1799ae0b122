import { arch, cpus, platform, release } from 'node:os';
import { wallClockAnchorMs } from '../history/clock.ts';
import { toolVersion } from '../package.ts';
import type { CampaignPlan, PlannedResult } from '../results/history-lines.ts';
import type { Results } from '../results/results.ts';
import { DEFAULT_TIMES, type Target } from '../subject/target.ts';
import type { Suite, Tier } from '../suite/model.ts';
import type { PlannedTest } from './plan.ts';
import { SANITY, sanitySkeleton } from './sanity-tests.ts';
import { skeleton } from './test-result.ts';

/** What was asked of a campaign, for its results. */
export interface Asked {
  tier: Tier;
  groups: string[];
  tests: string[];
  suites: string[];
  strict: boolean;
  /** Must-requirements that the selection left without a test, as sentences. */
  leftOut: string[];
  suiteFiles: readonly Suite[];
}

/** What a campaign is planned from. */
export interface Planning {
  target: Target;
  planned: readonly PlannedTest[];
  seed: number;
  asked: Asked;
  startedAt: Date;
}

/** The heading under which a test of a suite is told. */
export function headingOf({ suite }: PlannedTest): string {
  return `${suite.groupTitle}: ${suite.title}`;
}

/** What stands in the history before the first test: whoever has this and what followed can make the reports. */
export function planOf({ target, planned, seed, asked, startedAt }: Planning): CampaignPlan {
  const { tier, groups, tests, suites, strict, leftOut, suiteFiles } = asked;
  return {
    kind: 'campaign',
    schemaVersion: 1,
    tool: { name: 'mos-conformance', version: toolVersion() },
    device: deviceOf(target),
    campaign: {
      id: `${startedAt.toISOString()}-${seed}`,
      startedAt: startedAt.toISOString(),
      seed,
      selection: { tier, groups, tests, suites, strict },
      leftOut,
      permissions: [...target.permissions],
      parameters: parametersOf(target),
      suites: suiteFiles.map(({ path, sha256 }) => ({ path, sha256 })),
      environment: environment(),
    },
    anchorMs: wallClockAnchorMs(),
    planned: inOrder(planned, seed),
  };
}

/** Sanity first, the tests, sanity once more, then what is left out: the order of the results. */
function inOrder(planned: readonly PlannedTest[], seed: number): PlannedResult[] {
  const entry = (one: PlannedTest): PlannedResult => ({
    result: skeleton(one, seed),
    heading: headingOf(one),
    ...(one.leftOut !== undefined && { leftOut: one.leftOut }),
  });
  const chosen = planned.filter(({ leftOut }) => leftOut === undefined);
  const others = planned.filter(({ leftOut }) => leftOut !== undefined);
  const sanity = SANITY.map((test) => ({ result: sanitySkeleton(test, seed), heading: test.heading }));
  return [...sanity.slice(0, 1), ...chosen.map(entry), ...sanity.slice(1), ...others.map(entry)];
}

/** The test of a plan by its key. */
export function plannedByKey({ planned }: CampaignPlan): Map<string, PlannedResult> {
  return new Map(planned.map((one) => [one.result.key, one]));
}

function deviceOf(target: Target): CampaignPlan['device'] {
  return {
    name: target.name,
    host: target.host,
    address: target.address,
    ports: target.ports,
    mosId: target.mosId,
    ncsId: target.ncsId,
    revision: target.revision,
    encoding: target.encoding,
    profiles: [...target.profiles],
    ...(target.file !== undefined && { file: target.file }),
    path: target.path,
  };
}

function parametersOf(target: Target): Results['campaign']['parameters'] {
  const times = Object.keys(DEFAULT_TIMES).map((name) => ({
    name,
    value: target.times[name as keyof typeof DEFAULT_TIMES],
    unit: 'ms',
    default: !target.given.has(name),
  }));
  const connections = {
    name: 'connections',
    value: target.maxConnections,
    unit: 'count',
    default: !target.given.has('connections'),
  };
  const messageSize = {
    name: 'messageSize',
    value: target.messageSize,
    unit: 'bytes',
    default: !target.given.has('messageSize'),
  };
  return [...times, connections, messageSize];
}

function environment(): Record<string, string> {
  return {
    node: process.version,
    system: `${platform()} ${release()} ${arch()}`,
    cores: String(cpus().length),
  };
}
