import { expect } from 'chai';
import { FAULTS } from '../../src/device/faults/index.ts';
import type { PortName } from '../../src/history/facts.ts';
import type { GroupName } from '../../src/suite/model.ts';
import { detect, tests, type Specimen } from './detect.ts';

/**
 * The detection table of some groups of tests: for each fault of the reference device the tests of these groups
 * that it fails (a `?` marks a remark). A fault that is not named here fails none of them.
 */
export interface DetectionTable {
  groups: readonly GroupName[];
  /** Which of their tests the table is about; all of them where absent. */
  ids?: (id: string) => boolean;
  /** What every device of the table is like, beside its fault. */
  specimen?: Omit<Specimen, 'faults'>;
  fails: Readonly<Record<string, readonly string[]>>;
  /** Rows of these tests that stand in another table, together with tests of other groups. */
  elsewhere?: Readonly<Record<string, readonly string[]>>;
  /** No fault but those of `fails` is tried: the tables of the single groups do that. */
  closed?: true;
  /** Parameters that make a fault quick enough for a test. */
  parameters?: Readonly<Record<string, string>>;
  /** Ports on which the reference device must pass; the faults are tried on the upper one. */
  referencePorts?: readonly PortName[];
  /** Ports on which a fault is tried, where it is not the upper one. */
  ports?: Readonly<Record<string, readonly PortName[]>>;
  /** The fault is also called by its name, and nothing else is, from these groups alone. */
  named?: boolean;
  /** Tests that run at the same time, each against a device of its own, where load would spoil them. */
  concurrency?: number;
  /** Tests that no fault of the device fails, with the habit that earns them a remark. */
  byHabit?: Readonly<Record<string, readonly string[]>>;
}

/** ms that one row may take on two busy cores. */
const ROW_MS = 180_000;

/** With this variable set, faults that should fail nothing are tried as well: the whole matrix. */
const WHOLE = process.env['DETECTION'] === 'whole';

/** Defines the tests that hold a detection table to what really happens, both ways. */
export function describeDetection(table: DetectionTable): void {
  const { specimen = {} } = table;
  const width = table.concurrency === undefined ? {} : { concurrency: table.concurrency };
  const like = [...(specimen.habits ?? []), ...(specimen.dials ? ['dials'] : [])];
  const beside = like.length > 0 ? ` (devices: ${like.join(', ')})` : '';
  describe(`detection table: ${table.groups.join(', ')}${beside}`, function () {
    this.timeout(ROW_MS);
    const suites = tests((suite, id) => table.groups.includes(suite.group) && (table.ids?.(id) ?? true));

    it('the reference device passes every test', async () => {
      const { failed, inconclusive } = await detect(specimen, suites, {
        ports: table.referencePorts ?? ['lower', 'upper', 'query'],
        ...width,
      });
      expect({ failed, inconclusive }).to.deep.equal({ failed: [], inconclusive: [] });
    });

    for (const name of FAULTS.keys()) {
      const fails = [...(table.fails[name] ?? [])].sort();
      if (fails.length === 0 && (!WHOLE || table.closed || table.elsewhere?.[name])) continue;
      const parameter = table.parameters?.[name];
      const fault = parameter === undefined ? name : `${name}=${parameter}`;
      it(`${fault} fails ${fails.join(', ') || 'nothing'} and nothing else`, async () => {
        const ports = table.ports?.[name];
        const options = { ...width, ...(ports && { ports }) };
        const { failed, faults } = await detect({ ...specimen, faults: [fault] }, suites, options);
        expect(failed).to.deep.equal(fails);
        if (table.named) expect(faults).to.deep.equal(fails.length > 0 ? [name] : []);
      });
    }

    for (const [habit, remarks] of Object.entries(table.byHabit ?? {})) {
      it(`the habit ${habit} earns ${remarks.join(', ')} and nothing else`, async () => {
        const { failed } = await detect({ habits: [habit] }, suites);
        expect(failed).to.deep.equal([...remarks].sort());
      });
    }

    it('the table names only faults and tests that exist', () => {
      const all = suites.flatMap((suite) => suite.tests.map((test) => test.id));
      const named = Object.values(table.fails)
        .flat()
        .map((id) => id.replace('?', ''));
      expect(Object.keys(table.fails).filter((name) => !FAULTS.has(name))).to.deep.equal([]);
      expect(named.filter((id) => !all.includes(id))).to.deep.equal([]);
    });

    if (table.closed) return;
    it('every test is failed by at least one fault or earns a remark from a habit', () => {
      const rows = [table.fails, table.byHabit ?? {}, table.elsewhere ?? {}];
      const caught = rows.flatMap((row) => Object.values(row)).flat();
      const ids = new Set(caught.map((id) => id.replace('?', '')));
      const all = suites.flatMap((suite) => suite.tests.map((test) => test.id));
      expect(all.filter((id) => !ids.has(id))).to.deep.equal([]);
    });
  });
}
