import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import type { FaultName } from '../../src/faults/catalogue.ts';
import { tests } from './detect.ts';
import { expectedOf } from './expected.ts';
import { HABIT_ROWS } from './rows/habits.ts';
import { ROWS, ROWS_OF } from './rows/index.ts';
import { MESSAGE_GROUPS, testsOn } from './stage.ts';
import { isEnough, isSeen } from './table.ts';
import { trialsOf } from './trial.ts';
import { IN_PROCESS } from './ways.ts';

const NAMES = Object.keys(ROWS) as FaultName[];

/** Soak tests take too long for any of these tables. */
const EVERY_TEST = tests().flatMap((suite) => suite.tests.map(({ id }) => id));

describe('rows of the faults', () => {
  it('name only tests that exist, each once (test/detection/rows/)', () => {
    const rows = [...Object.entries(ROWS).map(([name, { fails }]) => ({ name, fails }))];
    rows.push(...Object.entries(HABIT_ROWS).map(([name, fails]) => ({ name, fails })));
    for (const { name, fails } of rows) {
      const ids = fails.map((id) => id.replace('?', ''));
      expect(EVERY_TEST, name).to.include.members(ids);
      expect(new Set(ids).size, name).to.equal(ids.length);
    }
  });

  it('fail every test by some fault, or have a habit that earns a remark from it', () => {
    const rows = [...Object.values(ROWS).map(({ fails }) => fails), ...Object.values(HABIT_ROWS)];
    const caught = new Set(rows.flat().map((id) => id.replace('?', '')));
    expect(EVERY_TEST.filter((id) => !caught.has(id))).to.deep.equal([]);
  });

  it('are in the file of their family', () => {
    const files = readdirSync(new URL('./rows/', import.meta.url)).map((file) => file.replace('.ts', ''));
    expect(files).to.have.members([...Object.keys(ROWS_OF), 'habits', 'index', 'row']);
  });

  it('let every fault be called by its name in some table', () => {
    expect(NAMES.filter((name) => !isNamed(name))).to.deep.equal([]);
  });

  it('are tried in the file of their family (test/detection/families/)', () => {
    const files = readdirSync(new URL('./families/', import.meta.url));
    expect(files).to.have.members(Object.keys(ROWS_OF).map((family) => `${family}.test.ts`));
  });
});

/** Whether some table that checks names tries the fault with enough groups for it. */
function isNamed(name: FaultName): boolean {
  if (trialsOf(name).length > 0) return true;
  const inProcess = (['plain', 'dialling'] as const).flatMap((stage) => testsOn(stage, MESSAGE_GROUPS));
  if (isSeen(name, IN_PROCESS) && isEnough(name, MESSAGE_GROUPS) && expectedOf(name, inProcess).length > 0) {
    return true;
  }
  const overSockets = [
    ...testsOn('dialling', ['RC']),
    ...testsOn('beating', ['P0']),
    ...testsOn('closing', ['DC']),
  ];
  return expectedOf(name, overSockets).length > 0;
}
