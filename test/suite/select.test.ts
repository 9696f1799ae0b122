import { expect } from 'chai';
import { BUILTIN_GROUPS } from '../../src/suite/groups.ts';
import type { Suite, TestCase } from '../../src/suite/model.ts';
import { selectTests } from '../../src/suite/select.ts';

function test(id: string, extra: Partial<TestCase> = {}): TestCase {
  const empty = {
    permissions: [],
    alone: false,
    covers: [],
    steps: [],
    position: { line: 1, column: 1 },
    source: '',
  };
  return { id, title: id, tier: 'standard', each: 'declared', ...empty, ...extra };
}

function suite(group: Suite['group'], tests: TestCase[]): Suite {
  const groupTitle = BUILTIN_GROUPS.find(({ id }) => id === group)?.title ?? group;
  return {
    path: `${group}.yaml`,
    sha256: '',
    builtin: true,
    title: group,
    group,
    groupTitle,
    intro: '',
    tests,
  };
}

const suites = [
  suite('REL', [test('REL-01', { tier: 'quick' }), test('REL-02'), test('REL-99', { tier: 'soak' })]),
  suite('HC', [test('HC-01', { each: ['upper'] }), test('HC-02', { each: 'once' })]),
];

function selected(selectors: Parameters<typeof selectTests>[1]): string[] {
  const selection = selectTests(suites, selectors);
  expect(selection.problems).to.deep.equal([]);
  return suites.flatMap(({ tests }) => tests.filter((one) => selection.includes(one)).map(({ id }) => id));
}

function problems(selectors: Parameters<typeof selectTests>[1]): string[] {
  return selectTests(suites, selectors).problems;
}

describe('selecting tests', () => {
  it('takes a tier with everything quicker, standard without one', () => {
    expect(selected({})).to.deep.equal(['REL-01', 'REL-02', 'HC-01', 'HC-02']);
    expect(selected({ tier: 'quick' })).to.deep.equal(['REL-01']);
    expect(selected({ tier: 'soak' })).to.have.lengthOf(5);
  });

  it('takes groups by short and long names in any case', () => {
    for (const name of ['HC', 'hc', 'half-close', 'Half close']) {
      expect(selected({ groups: [name] }), name).to.deep.equal(['HC-01', 'HC-02']);
    }
  });

  it('takes tests by ID, and one port of a test', () => {
    expect(selected({ tests: ['rel-99', 'HC-02'] })).to.deep.equal(['REL-99', 'HC-02']);
    const { includes, suites: chosen } = selectTests(suites, { tests: ['REL-02@lower'] });
    expect(chosen.map(({ group }) => group)).to.deep.equal(['REL']);
    const rel02 = suites[0]!.tests[1]!;
    expect([includes(rel02, 'lower'), includes(rel02, 'upper')]).to.deep.equal([true, false]);
    const both = selectTests(suites, { tests: ['REL-02@lower', 'REL-02@upper'] });
    expect(both.includes(rel02, 'upper')).to.equal(true);
    expect(both.includes(rel02, 'query')).to.equal(false);
    expect(selectTests(suites, { tests: ['REL-02@lower', 'REL-02'] }).includes(rel02, 'upper')).to.equal(
      true,
    );
  });

  it('reports selectors that match nothing, with what was probably meant', () => {
    expect(problems({ groups: ['RELL', 'churn'] })).to.deep.equal([
      'no group "RELL"; did you mean "REL"?',
      'no suite is in group CH (churn)',
    ]);
    expect(
      problems({ tests: ['REL-2', 'REL-01@uper', 'REL-01@a@b', 'HC-01@lower', 'HC-02@lower'] }),
    ).to.deep.equal([
      'no test "REL-2"; did you mean "REL-02"?',
      'no port "uper" in "REL-01@uper"; did you mean "upper"?',
      'no port "a@b" in "REL-01@a@b"',
      'test HC-01 does not run on the lower port',
      'test HC-02 runs once, not on the lower port',
    ]);
  });

  it('reports selectors that exclude each other', () => {
    expect(problems({ tests: ['REL-99'], tier: 'quick' })).to.deep.equal([
      'test REL-99 belongs to tier soak; add --tier soak',
    ]);
    expect(problems({ groups: ['HC'], tier: 'quick' })[0]).to.match(/^no test is selected/);
    expect(problems({ groups: ['HC'], tests: ['REL-01'] })[0]).to.match(/^no test is selected/);
  });
});
