import type { FaultName } from '../../src/faults/catalogue.ts';
import type { Results } from '../../src/results/results.ts';
import { Namespace } from '../../test/campaign/namespace.ts';
import { expectedOf, faultOn } from '../../test/detection/expected.ts';
import { ROWS } from '../../test/detection/rows/index.ts';
import { SOCKET_GROUPS, testsOn, type StageName } from '../../test/detection/stage.ts';
import { isEnough } from '../../test/detection/table.ts';
import { certifyFaulty, type CampaignOptions, type FaultyDevice } from './faulty-campaign.ts';
import { FirstRun } from './first-run.ts';

/** How the runs are done. */
export interface Runs {
  times: number;
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

/** Stages whose devices show faults of the sockets; a device that dials is tried in process. */
const STAGES: readonly StageName[] = ['plain', 'closing', 'churn'];

/**
 * Certifies the reference device with each of its faults of the sockets so many times, by the socket groups, with
 * short times and another seed each time.
 * @returns a line for each run in which the fault was not called by its name, or something else was, and for each
 *   test that had another verdict than in the first run
 * @throws Error where the device cannot be put apart
 */
export async function socketFaultsAgain(runs: Runs): Promise<string[]> {
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

async function allAgain(runs: Runs, where: Omit<CampaignOptions, 'seed'>): Promise<string[]> {
  const names = Object.keys(ROWS) as FaultName[];
  const waiting = names.filter((name) => runs.only.length === 0 || runs.only.includes(name));
  const differences: string[] = [];
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const device = deviceWith(name);
      if (device) differences.push(...(await again(name, device, runs, where)));
    }
  };
  await Promise.all(Array.from({ length: runs.together }, work));
  return differences;
}

/** The device that shows this fault to the socket groups, if they see enough of it to call it by its name. */
function deviceWith(name: FaultName): FaultyDevice | undefined {
  if (!isEnough(name, SOCKET_GROUPS)) return undefined;
  const stage = STAGES.find((one) => expectedOf(name, testsOn(one, SOCKET_GROUPS)).length > 0);
  if (stage === undefined) return undefined;
  return { fault: faultOn(stage, name), habits: stage === 'closing' ? ['closes-after-reply'] : [] };
}

async function again(
  name: FaultName,
  device: FaultyDevice,
  runs: Runs,
  where: Omit<CampaignOptions, 'seed'>,
): Promise<string[]> {
  const misnamed: string[] = [];
  const otherwise: string[] = [];
  const first = new FirstRun();
  let inferred = 0;
  for (let turn = 0; turn < runs.times; turn += 1) {
    const seed = runs.firstSeed + turn;
    const results = await certifyFaulty(device, {
      seed,
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
