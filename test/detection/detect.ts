import { setMaxListeners } from 'node:events';
import { Campaign } from '../../src/campaign/campaign.ts';
import { planTests, type PlannedTest } from '../../src/campaign/plan.ts';
import { runTest } from '../../src/campaign/run-test.ts';
import { createDevice } from '../../src/device/device.ts';
import type { RunningDevice } from '../../src/device/options.ts';
import { ownPort } from '../../src/ncs/own-port.ts';
import { openObserver } from '../../src/observe/choose.ts';
import type { PortName } from '../../src/history/facts.ts';
import type { TestRecord } from '../../src/results/results.ts';
import { builtinSuites } from '../../src/suite/builtin.ts';
import type { Step, Suite } from '../../src/suite/model.ts';
import { readSuites } from '../../src/suite/read.ts';
import { DEFAULT_TIMES, PERMISSIONS, type Target } from '../../src/target/target.ts';
import { recogniseFaults } from '../../src/verdict/matching/match.ts';

/** Times short enough for a test of ours, long enough for two busy cores. */
export const SHORT_TIMES: Target['times'] = {
  ...DEFAULT_TIMES,
  connectTime: 3_000,
  replyTime: 3_000,
  releaseTime: 1_500,
  lateTime: 4_000,
  recoveryTime: 3_000,
  idleTime: 400,
  churnTime: 5_000,
};

/** What a device under detection is made of. */
export interface Specimen {
  faults?: readonly string[];
  habits?: readonly string[];
  /** The device dials the NCS on both of its ports. */
  dials?: boolean;
  /** Changes of the target, such as a declared limit. */
  target?: Partial<Target>;
}

/** What running the tests against a specimen showed. */
export interface Detection {
  records: TestRecord[];
  /** `REL-01`, once, if it failed on any port; a remark carries a `?`. */
  failed: string[];
  inconclusive: string[];
  notApplicable: string[];
  /** Faults that were named, without those that merely follow from another. */
  faults: string[];
}

/** The tests of the built-in suites, all tiers but soak. */
export function tests(select: (suite: Suite, id: string) => boolean = () => true): Suite[] {
  const { suites, problems } = readSuites(builtinSuites());
  if (problems.length > 0) throw new Error(problems.map(({ text }) => text).join('\n'));
  return suites.map((suite) => ({
    ...suite,
    tests: suite.tests.filter((test) => test.tier !== 'soak' && select(suite, test.id)),
  }));
}

/** The target that a running device is. */
export function targetOf(device: RunningDevice, changes: Partial<Target> = {}): Target {
  return {
    name: 'specimen',
    host: device.address,
    address: device.address,
    ports: device.ports,
    mosId: device.mosId,
    ncsId: device.ncsId,
    otherNcsId: 'conformance.standby.ncs',
    revision: '2.8.5',
    encoding: 'ucs-2be',
    profiles: [0, 1],
    maxConnections: 64,
    times: SHORT_TIMES,
    given: new Set(),
    permissions: new Set(PERMISSIONS),
    path: 'direct',
    embedded: true,
    ...changes,
  };
}

/** Where a device that dials finds the NCS; it calls often, so that nobody has to wait for it. */
async function listenPorts(specimen: Specimen): Promise<NonNullable<Target['listen']> | undefined> {
  if (!specimen.dials) return undefined;
  const [lower, upper] = [await ownPort(), await ownPort()];
  if (lower === undefined || upper === undefined) throw new Error('no port is free');
  return { lower, upper };
}

async function withDevice<T>(
  specimen: Specimen,
  use: (device: RunningDevice, listen: Target['listen']) => Promise<T>,
): Promise<T> {
  const listen = await listenPorts(specimen);
  const device = await createDevice({
    faults: specimen.faults ?? [],
    habits: specimen.habits ?? [],
    ...(listen && { ncs: { host: '127.0.0.1', ...listen, redialAfter: 50, heartbeatEvery: 300 } }),
  });
  try {
    return await use(device, listen);
  } finally {
    await device.stop();
  }
}

/** Plays every test against a fresh device each, some at a time, after one opening sanity test. */
export async function detect(
  specimen: Specimen,
  suites: readonly Suite[],
  options: { ports?: readonly PortName[]; concurrency?: number } = {},
): Promise<Detection> {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const observers = await openObserver();
  const campaignOn = async (device: RunningDevice, listen: Target['listen']): Promise<Campaign> =>
    Campaign.open({
      target: targetOf(device, { ...specimen.target, ...(listen && { listen }) }),
      planned: [],
      seed: 1,
      signal: controller.signal,
      observers,
    });
  const sane = await withDevice(specimen, async (device, listen) => {
    const campaign = await campaignOn(device, listen);
    await campaign.begin();
    campaign.dispose();
    return campaign;
  });
  const template = sane.target;
  const wanted = options.ports ?? ['upper'];
  const planned = planTests(suites, template).filter(
    ({ port }) => port === undefined || wanted.includes(port),
  );
  const play = (one: PlannedTest): Promise<TestRecord> =>
    withDevice(specimen, async (device, listen) => {
      const campaign = await campaignOn(device, listen);
      Object.assign(campaign.habits, structuredClone(sane.habits));
      try {
        return (await runTest(one, campaign.context())).record;
      } finally {
        campaign.dispose();
      }
    });
  const alone = planned.filter(({ test }) => test.steps.some(mustBeAlone));
  const records = await pooled(
    planned.filter((one) => !alone.includes(one)),
    options.concurrency ?? 8,
    play,
  );
  records.push(...(await pooled(alone, 1, play)));
  observers.observer?.close();
  return summarise(records);
}

/**
 * The devices live in this process: whoever counts its descriptors must be alone in it, and so must whoever sends
 * megabytes through it, lest the others see their own process stand still.
 */
function mustBeAlone(step: Step): boolean {
  if (step.verb === 'parallel') return step.branches.flat().some(mustBeAlone);
  if (step.verb === 'send') return (step.flood ?? step.endless) !== undefined;
  return step.verb === 'expect' && step.expect.kind === 'descriptors';
}

async function pooled<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}

function summarise(records: TestRecord[]): Detection {
  const results = records.map((record) => record.result);
  const ids = (keep: (result: TestRecord['result']) => boolean): string[] => [
    ...new Set(results.filter(keep).map((result) => result.id)),
  ];
  const failed = ids((one) => one.verdict === 'fail' && one.level === 'must');
  const remarks = ids((one) => one.verdict === 'fail' && one.level !== 'must').map((id) => `${id}?`);
  return {
    records,
    failed: [...failed, ...remarks].sort(),
    inconclusive: ids((one) => one.verdict === 'inconc' || one.verdict === 'error'),
    notApplicable: ids((one) => one.applicability === 'not applicable'),
    faults: recogniseFaults(results)
      .filter((fault) => fault.consequenceOf === undefined)
      .map((fault) => fault.id),
  };
}
