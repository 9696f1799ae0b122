import { expect } from 'chai';
import { coverageOf } from '../../scripts/docs/coverage-page.ts';
import { REQUIREMENTS } from '../../src/requirements/catalogue.ts';
import { UNCOVERED } from '../../scripts/docs/uncovered.ts';
import { builtinSuites } from '../../src/suite/builtin.ts';
import { readSuites } from '../../src/suite/read.ts';

describe('the coverage of the requirements', () => {
  const all = coverageOf(readSuites(builtinSuites()).suites);

  it('is a test, a socket requirement that says the same, or a reason, for every one', () => {
    const open = all.filter(
      ({ tests, by, reason }) => tests.length === 0 && by === undefined && reason === undefined,
    );
    expect(open.map(({ requirement }) => requirement.id)).to.deep.equal([]);
  });

  it('gives no reason where there is a test', () => {
    const both = all.filter(({ tests, reason }) => tests.length > 0 && reason !== undefined);
    expect(both.map(({ requirement }) => requirement.id)).to.deep.equal([]);
  });

  it('rests only on socket requirements that are covered', () => {
    const covered = all.filter(({ tests }) => tests.length > 0).map(({ requirement }) => requirement.id);
    const rests = all.flatMap(({ by }) => by ?? []);
    expect(rests.filter((by) => !covered.some((id) => id.startsWith(by)))).to.deep.equal([]);
  });

  it('gives its reasons in sentences, for requirements that exist', () => {
    for (const [id, reason] of UNCOVERED) {
      expect(REQUIREMENTS.has(id), id).to.equal(true);
      expect(reason, id).to.match(/^[A-Z].{30,}\.$/);
    }
  });
});
