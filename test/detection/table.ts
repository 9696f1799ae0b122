import { expect } from 'chai';
import { FAULT_NAMES, FAULTS } from '../../src/device/faults/index.ts';
import type { FamilyName, FaultName } from '../../src/faults/catalogue.ts';
import type { PortName } from '../../src/history/facts.ts';
import type { GroupName } from '../../src/suite/groups.ts';
import { detect } from './detect.ts';
import { expectedOf, faultOn, remarkedHabits } from './expected.ts';
import { ROWS, ROWS_OF } from './rows/index.ts';
import { playOn, testsOn, TRIAL_STAGES, type StageName } from './stage.ts';
import { SOCKETS, type Way } from './ways.ts';

/** The tests of some groups, which are held to what the rows of the faults say of them. */
export interface DetectionTable {
  groups: readonly GroupName[];
  /** The devices that the tests take: of the groups it is those tests that need such a device. */
  stage?: StageName;
  /** Ports on which the reference device must pass. */
  referencePorts?: readonly PortName[];
  /** Each fault is called by its name as well, and nothing else is, unless its row says that it takes other groups. */
  named?: boolean;
  /** Only faults of these families are tried: for the others, which take long, there are their trials. */
  families?: readonly FamilyName[];
}

/** ms that one row may take on two busy cores. */
const ROW_MS = 180_000;

/**
 * With this variable set, faults that should fail nothing are tried as well: the whole matrix. Where trials are made
 * it is theirs.
 */
export const WHOLE = process.env['DETECTION'] === 'whole';

/** What the reference device without faults, and correct devices with unusual habits, show in the tests of a table. */
export function describeReference(table: DetectionTable, way: Way = SOCKETS): void {
  const { groups, stage = 'plain' } = table;
  describe(`reference device, ${way.name}: ${groups.join(', ')} (devices: ${stage})`, function () {
    this.timeout(ROW_MS);
    const suites = testsOn(stage, groups);

    it('the reference device passes every test', async () => {
      const ports = table.referencePorts ?? (['lower', 'upper', 'query'] as const);
      const { failed, inconclusive } = await playOn(stage, undefined, suites, { way, ports });
      expect({ failed, inconclusive }).to.deep.equal({ failed: [], inconclusive: [] });
    });

    if (stage !== 'plain') return;
    for (const [habit, remarks] of remarkedHabits(suites)) {
      it(`the habit ${habit} earns ${remarks.join(', ')} and nothing else`, async () => {
        const { failed } = await detect({ habits: [habit] }, suites, { way });
        expect(failed).to.deep.equal(remarks);
      });
    }
  });
}

/** Defines the tests that hold what the rows say of the tests of a table to what really happens, both ways. */
export function describeDetection(table: DetectionTable, way: Way = SOCKETS): void {
  describeReference(table, way);
  describeFaults(table, way);
}

/** What the reference device shows with each of its faults, and what the faults are called. */
export function describeFaults(table: DetectionTable, way: Way = SOCKETS): void {
  const { groups, stage = 'plain' } = table;
  describe(`detection table, ${way.name}: ${groups.join(', ')} (devices: ${stage})`, function () {
    this.timeout(ROW_MS);
    const suites = testsOn(stage, groups);

    const isWhole = WHOLE && !TRIAL_STAGES.includes(stage);
    const names =
      table.families?.flatMap((family) => Object.keys(ROWS_OF[family]) as FaultName[]) ?? FAULT_NAMES;
    for (const name of names.filter((one) => isSeen(one, way))) {
      const fails = expectedOf(name, suites);
      if (fails.length === 0 && !way.everyFault && !isWhole) continue;
      const fault = faultOn(stage, name);
      it(`${fault} fails ${fails.join(', ') || 'nothing'} and nothing else`, async () => {
        const { ports } = ROWS[name];
        const { failed, faults } = await playOn(stage, fault, suites, { way, ...(ports && { ports }) });
        expect(failed).to.deep.equal(fails);
        if (!table.named) return;
        if (fails.length === 0) expect(faults).to.deep.equal([]);
        else if (isEnough(name, groups)) expect(faults).to.deep.equal([name]);
        else expect(faults, 'its row need not say which other groups it takes').not.to.deep.equal([name]);
      });
    }
  });
}

/** Whether there is anything to see of the fault in this way of playing. */
export function isSeen(name: FaultName, way: Way): boolean {
  return way.hasSockets || !(FAULTS.get(name)?.needsSockets || ROWS[name].needsObserver);
}

/** Whether the tests of these groups are enough to call the fault by its name. */
export function isEnough(name: FaultName, groups: readonly GroupName[]): boolean {
  return (ROWS[name].takes ?? []).every((group) => groups.includes(group));
}
