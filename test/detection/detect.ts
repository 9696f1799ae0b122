import { setMaxListeners } from 'node:events';
import { MESSAGE_SIZE } from '../../src/wire/framer.ts';
import { Campaign } from '../../src/campaign/campaign.ts';
import { planTests, type PlannedTest } from '../../src/campaign/plan.ts';
import { runTest } from '../../src/campaign/run-test.ts';
import { createDevice } from '../../src/device/device.ts';
import type { RunningDevice } from '../../src/device/options.ts';
import type { Network } from '../../src/ncs/network.ts';
import { atBothEnds } from '../../src/observe/choose.ts';
import type { PortName } from '../../src/history/facts.ts';
import type { TestRecord } from '../../src/results/results.ts';
import { builtinSuites } from '../../src/suite/builtin.ts';
import type { Step, Suite, TestCase } from '../../src/suite/model.ts';
import { readSuites } from '../../src/suite/read.ts';
import { PERMISSIONS, type Target } from '../../src/subject/target.ts';
import { recogniseFaults } from '../../src/faults/recognise.ts';
import { SHORT_TIMES, SOCKETS, type Way } from './ways.ts';

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
  habits: Campaign['habits'];
  /** `REL-01`, once, if it failed on any port; a remark carries a `?`. */
  failed: string[];
  inconclusive: string[];
  notApplicable: string[];
  /** Faults that were named, without those that merely follow from another. */
  faults: string[];
}

let builtin: readonly Suite[] | undefined;

function readBuiltin(): readonly Suite[] {
  const { suites, problems } = readSuites(builtinSuites());
  if (problems.length > 0) throw new Error(problems.map(({ text }) => text).join('\n'));
  return suites;
}

/** The tests of the built-in suites, all tiers but soak. */
export function tests(select: (suite: Suite, test: TestCase) => boolean = () => true): Suite[] {
  builtin ??= readBuiltin();
  return builtin.map((suite) => ({
    ...suite,
    tests: suite.tests.filter((test) => test.tier !== 'soak' && select(suite, test)),
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
    messageSize: MESSAGE_SIZE,
    times: SHORT_TIMES,
    given: new Set(changes.maxConnections === undefined ? [] : ['connections']),
    permissions: new Set(PERMISSIONS),
    path: 'direct',
    embedded: true,
    ...changes,
  };
}

/** A device that runs, the network that leads to it, and where it finds the NCS if it dials. */
interface Running {
  device: RunningDevice;
  network: Network;
  listen: Target['listen'];
}

async function withDevice<T>(
  specimen: Specimen,
  way: Way,
  use: (running: Running) => Promise<T>,
): Promise<T> {
  const line = way.line();
  const listen = specimen.dials ? await listenPorts(line) : undefined;
  const device = await createDevice(
    {
      host: line.address,
      faults: specimen.faults ?? [],
      habits: specimen.habits ?? [],
      // It calls often, so that nobody has to wait for it.
      ...(listen && { ncs: { host: '127.0.0.1', ...listen, redialAfter: 50, heartbeatEvery: 300 } }),
    },
    line.device,
  );
  try {
    return await use({ device, network: line.ncs, listen });
  } finally {
    await device.stop();
  }
}

async function listenPorts({ freePort }: ReturnType<Way['line']>): Promise<NonNullable<Target['listen']>> {
  const [lower, upper] = [await freePort(), await freePort()];
  if (lower === undefined || upper === undefined) throw new Error('no port is free');
  return { lower, upper };
}

/** How {@link detect} goes about it. */
export interface DetectOptions {
  ports?: readonly PortName[];
  /** Tests that run at the same time; as many as suits the way where absent. */
  concurrency?: number;
  /** Over sockets unless told. */
  way?: Way;
  seed?: number;
}

/** Plays every test against a fresh device each, some at a time, after one opening sanity test. */
export function detect(
  specimen: Specimen,
  suites: readonly Suite[],
  options: DetectOptions = {},
): Promise<Detection> {
  const { way = SOCKETS } = options;
  return way.during(() => detectBy(way, specimen, suites, options));
}

async function detectBy(
  way: Way,
  specimen: Specimen,
  suites: readonly Suite[],
  { ports = ['upper'], concurrency = way.concurrency, seed = 1 }: DetectOptions,
): Promise<Detection> {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const observers = await way.observers();
  const campaignOn = ({ device, network, listen }: Running): Promise<Campaign> =>
    Campaign.open({
      target: targetOf(device, { ...specimen.target, ...(listen && { listen }) }),
      network,
      planned: [],
      seed,
      signal: controller.signal,
      observers: atBothEnds(observers),
    });
  const sane = await withDevice(specimen, way, async (running) => {
    const campaign = await campaignOn(running);
    await campaign.begin();
    campaign.dispose();
    return campaign;
  });
  const template = sane.target;
  const planned = planTests(suites, template).filter(
    ({ port }) => port === undefined || ports.includes(port),
  );
  for (const { test } of planned) {
    const why = way.whyNot(test);
    if (why !== undefined) throw new Error(`${test.id} needs a socket: ${why}`);
  }
  const play = (one: PlannedTest): Promise<TestRecord> =>
    withDevice(specimen, way, async (running) => {
      const campaign = await campaignOn(running);
      Object.assign(campaign.habits, structuredClone(sane.habits));
      try {
        return (await runTest(one, campaign.context())).record;
      } finally {
        campaign.dispose();
      }
    });
  const alone = planned.filter(({ test }) => test.steps.some(mustBeAlone));
  const shared = planned.filter((one) => !alone.includes(one));
  const records = [...(await pooled(shared, concurrency, play)), ...(await pooled(alone, 1, play))];
  // On a busy machine this process stands still now and then; what is left open so is played again, alone.
  for (const [index, one] of [...shared, ...alone].entries()) {
    if (records[index]?.result.verdict === 'inconc') records[index] = await play(one);
  }
  observers.observer?.close();
  return summarise(records, sane.habits);
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

/** What several detections of one device show together; its habits are those that the first one found. */
export function together([first, ...others]: readonly [Detection, ...Detection[]]): Detection {
  const records = [first, ...others].flatMap((one) => one.records);
  return summarise(records, first.habits);
}

function summarise(records: TestRecord[], habits: Campaign['habits']): Detection {
  const results = records.map((record) => record.result);
  const ids = (keep: (result: TestRecord['result']) => boolean): string[] => [
    ...new Set(results.filter(keep).map((result) => result.id)),
  ];
  const failed = ids((one) => one.verdict === 'fail' && one.level === 'must');
  const remarks = ids((one) => one.verdict === 'fail' && one.level !== 'must').map((id) => `${id}?`);
  return {
    records,
    habits,
    failed: [...failed, ...remarks].sort(),
    inconclusive: ids((one) => one.verdict === 'inconc' || one.verdict === 'error'),
    notApplicable: ids((one) => one.applicability === 'not applicable'),
    faults: recogniseFaults(results, habits).faults.map((fault) => fault.id),
  };
}
