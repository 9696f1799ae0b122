import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerOpts, type Socket } from 'node:net';
import { Campaign, type CampaignOptions } from '../../src/campaign/campaign.ts';
import { keyOf, planTests, type PlannedTest } from '../../src/campaign/plan.ts';
import { planOf, type Asked } from '../../src/campaign/campaign-plan.ts';
import { buildResults } from '../../src/campaign/results.ts';
import { digestOf } from '../../src/report/digest.ts';
import { MESSAGE_SIZE } from '../../src/wire/framer.ts';
import type { Results, TestResult } from '../../src/results/results.ts';
import { builtinSuites } from '../../src/suite/builtin.ts';
import type { Suite } from '../../src/suite/model.ts';
import { readSuites } from '../../src/suite/read.ts';
import { DEFAULT_TIMES, type Target } from '../../src/subject/target.ts';

/** Times for peers that answer at once or never. */
export const HASTY_TIMES: Target['times'] = {
  ...DEFAULT_TIMES,
  connectTime: 1_000,
  replyTime: 600,
  releaseTime: 500,
  lateTime: 800,
  recoveryTime: 800,
  idleTime: 200,
};

/** A target on loopback that may be treated roughly. */
export function trialTarget(changes: Partial<Target> & Pick<Target, 'ports'>): Target {
  return {
    name: 'trial',
    host: '127.0.0.1',
    address: '127.0.0.1',
    mosId: 'a.mos',
    ncsId: 'b.ncs',
    revision: '2.8.5',
    encoding: 'ucs-2be',
    profiles: [0],
    maxConnections: 64,
    messageSize: MESSAGE_SIZE,
    times: HASTY_TIMES,
    given: new Set(changes.maxConnections === undefined ? [] : ['connections']),
    permissions: new Set(['load', 'disruptive']),
    path: 'direct',
    embedded: false,
    ...changes,
  };
}

/** A target that is a device which runs. */
export function trialTargetOn(
  { address, mosId, ncsId, ports }: Pick<Target, 'address' | 'mosId' | 'ncsId' | 'ports'>,
  changes: Partial<Target> = {},
): Target {
  return trialTarget({ address, mosId, ncsId, ports, ...changes });
}

let suites: Suite[] | undefined;

/** The built-in tests with these IDs, on every port that they run on, in the order of the IDs. */
export function planned(target: Target, ids: readonly string[]): PlannedTest[] {
  suites ??= readSuites(builtinSuites()).suites;
  const all = planTests(suites, target);
  return ids.flatMap((id) => all.filter(({ test }) => test.id === id));
}

/** What is asked of a campaign of some tests. */
export const ASKED: Asked = {
  tier: 'standard',
  groups: [],
  tests: [],
  suites: [],
  strict: false,
  leftOut: [],
  suiteFiles: [],
};

/** What a campaign found, told in the way in which tests ask. */
export interface Trial {
  results: Results;
  /** The result of a test by its key. */
  of(key: string): TestResult;
}

/**
 * Runs a campaign of some tests, opening and closing sanity included.
 * @param options `onTest` is told of each test when it begins
 */
export async function trial(
  target: Target,
  tests: readonly (string | PlannedTest)[],
  options: Partial<CampaignOptions> & { onTest?: (id: string) => void } = {},
): Promise<Trial> {
  const startedAt = new Date();
  const plan = tests.flatMap((one) => (typeof one === 'string' ? planned(target, [one]) : [one]));
  const { signal } = new AbortController();
  const { onTest, ...asked } = options;
  const chronicle = onTest ? toldOfTests(plan, onTest) : undefined;
  const campaign = await Campaign.open({
    ...{ target, planned: plan, seed: 7, signal },
    ...(chronicle && { chronicle }),
    ...asked,
  });
  try {
    await campaign.begin();
    for (const one of plan) await campaign.run(one);
    await campaign.judgeLeft();
    await campaign.end();
    const results = buildResults({
      plan: planOf({ target, planned: plan, seed: campaign.seed, asked: ASKED, startedAt }),
      learnt: campaign.learnt,
      end: { kind: 'end', finishedAt: new Date().toISOString() },
      digests: campaign.records.map(digestOf),
    });
    return { results, of: (key) => find(results, key) };
  } finally {
    campaign.dispose();
  }
}

/** Gathers the notes of every test that is over. */
export function notesInto(notes: string[]): NonNullable<CampaignOptions['chronicle']> {
  return {
    follow: () => {},
    enter: ({ facts }) =>
      void notes.push(...facts.flatMap((fact) => (fact.kind === 'note' ? [fact.text] : []))),
  };
}

/** Told of each test of a plan when it is played for the first time. */
function toldOfTests(
  plan: readonly PlannedTest[],
  onTest: (id: string) => void,
): NonNullable<CampaignOptions['chronicle']> {
  const due = new Map(plan.map((one) => [keyOf(one), one.test.id]));
  return {
    follow: (_history, key) => {
      const id = due.get(key);
      due.delete(key);
      if (id !== undefined) onTest(id);
    },
    enter: () => {},
  };
}

function find({ tests }: Results, key: string): TestResult {
  const found = tests.find((one) => one.key === key);
  if (!found) throw new Error(`no test ${key} among ${tests.map((one) => one.key).join(', ')}`);
  return found;
}

/** Listeners of a test, below the ephemeral range. */
export interface Peers {
  ports: { lower: number; upper: number };
  close(): void;
}

/**
 * Two ports on 127.0.0.1 that treat every connection in one way.
 * @param options such as `pauseOnConnect`, for a peer that lets the kernel keep what comes
 */
export async function openPeers(serve: (socket: Socket) => void, options: ServerOpts = {}): Promise<Peers> {
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    serve(socket);
  };
  const [lower, upper] = [await listenLow(accept, options), await listenLow(accept, options)];
  return {
    ports: { lower: lower.port, upper: upper.port },
    close: () => {
      for (const { close } of [lower, upper]) close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function listenLow(
  accept: (socket: Socket) => void,
  options: ServerOpts,
): Promise<{ port: number; close: () => void }> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(20_000, 30_000);
    const server = createServer({ allowHalfOpen: true, ...options }, accept);
    const up = once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.listen(port, '127.0.0.1');
    if (await up) return { port, close: () => server.close() };
  }
  throw new Error('no port below 30000 is free');
}
