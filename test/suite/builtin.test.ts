import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { builtinSuites, findSuites, shownPath, SUITES_FOLDER } from '../../src/suite/builtin.ts';
import { GROUPS } from '../../src/suite/groups.ts';
import { readSuites } from '../../src/suite/read.ts';
import { SCHEMA_FILE, suiteJsonSchema } from '../../src/suite/schema.ts';
import { VERBS } from '../../src/suite/verbs/index.ts';

describe('the suites of the package', () => {
  it('come in the order in which a campaign runs their groups', () => {
    const order = Object.keys(GROUPS);
    const groups = readSuites(builtinSuites()).suites.map(({ group }) => order.indexOf(group));
    expect(groups).to.deep.equal(groups.toSorted((a, b) => a - b));
  });

  it('are those of .mocharc.json, in the same order', () => {
    const file = new URL('../../.mocharc.json', import.meta.url);
    const { spec } = JSON.parse(readFileSync(file, 'utf8')) as { spec: string[] };
    expect(spec, 'mend "spec" in .mocharc.json').to.deep.equal(builtinSuites().map(shownPath));
  });

  it('have tests in every group but that of the sanity tests, which has no file', () => {
    const used = new Set(readSuites(builtinSuites()).suites.map(({ group }) => group));
    const unused = Object.keys(GROUPS).filter((group) => !used.has(group));
    expect(unused, 'mend GROUPS in src/suite/groups.ts').to.deep.equal(['SANITY']);
  });

  it('are found by name, file and folder, each once', () => {
    const release = path.join(SUITES_FOLDER, 'sockets', 'release.yaml');
    for (const name of ['release', 'sockets/release', 'suites/sockets/release.yaml', release]) {
      expect(findSuites([name]).files.map(shownPath), name).to.deep.equal(['suites/sockets/release.yaml']);
    }
    expect(findSuites([SUITES_FOLDER]).files).to.have.members(builtinSuites());
    expect(findSuites([release, 'release']).files).to.have.lengthOf(1);
    expect(findSuites(['relase']).problems).to.deep.equal(['no suite "relase"; did you mean "release"?']);
  });

  it('are shown by their place in the package, others as given', () => {
    expect(shownPath(path.join(SUITES_FOLDER, 'a.yaml'))).to.equal('suites/a.yaml');
    expect(shownPath('mine/b.yaml')).to.equal('mine/b.yaml');
  });

  it('have a schema for editors that is up to date', () => {
    const written = readFileSync(SCHEMA_FILE, 'utf8');
    expect(written, 'run "npm run schema"').to.equal(suiteJsonSchema());
    for (const verb of Object.keys(VERBS)) expect(written).to.contain(`"${verb}"`);
  });
});
