import { expect } from 'chai';
import { FAULTS } from '../../src/device/faults/index.ts';
import type { FamilyName, FaultName } from '../../src/faults/catalogue.ts';
import type { GroupName } from '../../src/suite/groups.ts';
import type { Suite } from '../../src/suite/model.ts';
import { together, type Detection } from './detect.ts';
import { expectedOf, faultOn } from './expected.ts';
import { ROWS, ROWS_OF } from './rows/index.ts';
import { MESSAGE_GROUPS, playOn, SOCKET_GROUPS, testsOn, TRIAL_STAGES, type StageName } from './stage.ts';
import { WHOLE } from './table.ts';

/** Groups that every fault of the sockets is tried with, so that a better explanation has its chance. */
const CONTROLS: readonly GroupName[] = ['CON', 'REL', 'HC', 'RC'];

const EVERY_GROUP: readonly GroupName[] = [...SOCKET_GROUPS, ...MESSAGE_GROUPS];

/** ms that one trial may take on two busy cores. */
const TRIAL_MS = 300_000;

/** One fault with one parameter, and the tests that it fails so. */
export interface Trial {
  /** `late-close=2500` */
  fault: string;
  fails: string[];
  /** What it is tried against, device by device. */
  parts: { stage: StageName; suites: Suite[] }[];
}

/** How a fault is tried over sockets: once for each parameter that its row has. Nothing for a fault of messages. */
export function trialsOf(name: FaultName): Trial[] {
  const faults = new Set(TRIAL_STAGES.map((stage) => faultOn(stage, name)));
  return [...faults].flatMap((fault) => {
    const stages = TRIAL_STAGES.filter((stage) => faultOn(stage, name) === fault);
    const showing = EVERY_GROUP.filter((group) =>
      stages.some((stage) => expectedOf(name, testsOn(stage, [group])).length > 0),
    );
    const isOfSockets =
      FAULTS.get(name)?.needsSockets === true || SOCKET_GROUPS.some((group) => showing.includes(group));
    if (!isOfSockets && !WHOLE) return [];
    const groups = WHOLE ? EVERY_GROUP : [...new Set([...CONTROLS, ...showing])];
    const fails = stages.flatMap((stage) => expectedOf(name, testsOn(stage, groups))).sort();
    const parts = TRIAL_STAGES.filter((stage) => stage === 'plain' || stages.includes(stage))
      .map((stage) => ({ stage, suites: testsOn(stage, groups) }))
      .filter(({ suites }) => suites.some(({ tests }) => tests.length > 0));
    return fails.length === 0 ? [] : [{ fault, fails, parts }];
  });
}

/** Defines the tests that hold the socket faults of a family to their rows, and to their names. */
export function describeFamily(family: FamilyName): void {
  describe(`faults of the family ${family}, over sockets`, function () {
    this.timeout(TRIAL_MS);
    for (const name of Object.keys(ROWS_OF[family]) as FaultName[]) {
      for (const trial of trialsOf(name)) {
        it(`${trial.fault} fails what its row says, and is called by its name and nothing else`, async () => {
          const { failed, faults } = await play(name, trial);
          expect(failed).to.deep.equal(trial.fails);
          expect(faults).to.deep.equal([name]);
        });
      }
    }
  });
}

/** One device after the other, so that none is slowed down by the next. */
async function play(name: FaultName, { fault, parts }: Trial): Promise<Detection> {
  const { ports } = ROWS[name];
  const found: Detection[] = [];
  for (const { stage, suites } of parts) {
    found.push(await playOn(stage, fault, suites, { ...(ports && { ports }) }));
  }
  return together(found as [Detection, ...Detection[]]);
}
