import type { FaultName } from '../../src/faults/catalogue.ts';
import type { Results } from '../../src/results/results.ts';
import { Namespace } from '../../test/campaign/namespace.ts';
import { expectedOf, faultOn } from '../../test/detection/expected.ts';
import { ROWS } from '../../test/detection/rows/index.ts';
import { MESSAGE_GROUPS, SOCKET_GROUPS, testsOn, type StageName } from '../../test/detection/stage.ts';
import { isEnough } from '../../test/detection/table.ts';
import { certifyFaulty, type CampaignOptions, type FaultyDevice } from './faulty-campaign.ts';
import { FirstRun } from './first-run.ts';

/** The groups of tests of a campaign, by what they are about. Whether a device serves at all is asked in both. */
const GROUPS = { sockets: SOCKET_GROUPS, messages: ['CON', ...MESSAGE_GROUPS] } as const;

/** What the tests of a campaign are about. */
export type About = keyof typeof GROUPS;

/** How the runs are done. */
export interface Runs {
  times: number;
  /** What the tests of each campaign are about. */
  about: About;
  /** Campaigns at the same time. */
  together: number;
  /** Names of faults; all of them where it is empty. */
  only: readonly string[];
  /** The seed of the first run; each run has the next one. */
  firstSeed: number;
  /** The device runs in a network namespace of its own, so that its end is inferred. */
  apart: boolean;
  /** Whether every other run plays its tests strictly one after the other. */
  strictToo: boolean;
  /** The folder in which every results.json is kept. */
  keep?: string | undefined;
  /** Told of each fault when it is done. */
  tell: (line: string) => void;
}

/** Stages whose devices can be certified without more; one that dials is tried in process. */
const STAGES: readonly StageName[] = ['plain', 'closing', 'churn'];

/**
 * Certifies the reference device so many times with each of its faults that tests of this kind see and can call by its
 * name, with short times and another seed each time; what tests of the sockets see is left to them.
 * @returns a line for each run in which the fault was not called by its name, or something else was, and for each
 *   test that had another verdict than in the first run
 * @throws Error where the device cannot be put apart
 */
export async function faultsAgain(runs: Runs): Promise<string[]> {
  const space = runs.apart ? new Namespace() : undefined;
  const whyNot = space?.make();
  if (whyNot !== undefined) throw new Error(`there is no namespace for the device: ${whyNot}`);
  try {
    const apart = space && { name: space.name, address: space.inner };
    return await allAgain(runs, { apart, keep: runs.keep });
  } finally {
    space?.remove();
  }
}

/** Where the campaigns take place, and what is kept of them. */
type Place = Pick<CampaignOptions, 'apart' | 'keep'>;

async function allAgain(runs: Runs, where: Place): Promise<string[]> {
  const names = Object.keys(ROWS) as FaultName[];
  const waiting = names.filter((name) => runs.only.length === 0 || runs.only.includes(name));
  const differences: string[] = [];
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const device = deviceWith(name, runs.about);
      if (device) differences.push(...(await again(name, device, runs, where)));
    }
  };
  await Promise.all(Array.from({ length: runs.together }, work));
  return differences;
}

/** The device that shows this fault to such tests, if they see enough of it to call it by its name. */
function deviceWith(name: FaultName, about: About): FaultyDevice | undefined {
  if (about === 'messages' && deviceWith(name, 'sockets')) return undefined;
  const groups = GROUPS[about];
  if (!isEnough(name, groups)) return undefined;
  const stage = STAGES.find((one) => expectedOf(name, testsOn(one, groups)).length > 0);
  if (stage === undefined) return undefined;
  return { fault: faultOn(stage, name), habits: stage === 'closing' ? ['closes-after-reply'] : [] };
}

async function again(name: FaultName, device: FaultyDevice, runs: Runs, where: Place): Promise<string[]> {
  const misnamed: string[] = [];
  const otherwise: string[] = [];
  const first = new FirstRun();
  let inferred = 0;
  for (let turn = 0; turn < runs.times; turn += 1) {
    const seed = runs.firstSeed + turn;
    const results = await certifyFaulty(device, {
      seed,
      groups: GROUPS[runs.about],
      isStrict: runs.strictToo && turn % 2 === 1,
      ...where,
    });
    const called = calledIn(results);
    if (called !== name) {
      misnamed.push(`${name}, seed ${seed}: called ${called}`);
      runs.tell(misnamed.at(-1) as string);
    }
    otherwise.push(...first.compare(results.tests).map((line) => `${name}, seed ${seed}, ${line}`));
    if (infersDevice(results)) inferred += 1;
  }
  const well = runs.times - misnamed.length;
  const ends = runs.apart ? `, states of the device inferred in ${inferred}` : '';
  runs.tell(
    `${device.fault}: ${well} of ${runs.times} runs by its name and nothing else${ends}; ` +
      `${otherwise.length} verdicts differ`,
  );
  return [...misnamed, ...otherwise];
}

/** Everything that the failures of a campaign were called. */
function calledIn({ faults, unexplained }: Results): string {
  const names = faults.map(({ id }) => id as string);
  return (
    [...names, ...(unexplained.length > 0 ? [`not explained: ${unexplained.join(' ')}`] : [])].join(', ') ||
    'nothing'
  );
}

/** Whether states of the device's end stand in the results that follow from ours. */
function infersDevice({ tests }: Results): boolean {
  const states = tests.flatMap(({ connections }) => connections.flatMap((one) => one.states));
  return states.some(({ vantage, evidence }) => vantage === 'device' && evidence === 'inferred');
}
