import { expect } from 'chai';
import { parseYaml } from '../../src/document/yaml-file.ts';
import { BUILTIN_GROUPS } from '../../src/suite/groups.ts';
import { numberedName, partName, PROBE, RESERVED_NAMES, SANITY } from '../../src/suite/our-names.ts';
import { readSuiteFrom } from '../../src/suite/read-suite.ts';
import { selectTests } from '../../src/suite/select.ts';

const SERVES = 'expect: { serving: true, covers: SOCK-REL-10 }';

function read(yaml: string, builtin = false): ReturnType<typeof readSuiteFrom> {
  const { file, problems } = parseYaml('mine.yaml', Buffer.from(yaml));
  return file ? readSuiteFrom(file, builtin) : { problems };
}

function suite(steps: readonly string[], { id = 'MINE-01', group = 'REL' } = {}): string {
  const lines = [...steps, SERVES].map((step) => `      - ${step}\n`).join('');
  return `suite: Mine\ngroup: ${group}\ntests:\n  - id: ${id}\n    title: t\n    steps:\n${lines}`;
}

function problems(yaml: string): string[] {
  return read(yaml).problems.map(({ line, column, text }) => `${line}:${column} ${text}`);
}

describe('a suite of somebody’s own', () => {
  describe('cannot give a name of ours', () => {
    const makers: Record<string, (name: string) => string[]> = {
      'connect, short': (name) => [`connect: "${name}"`, `close: "${name}"`],
      connect: (name) => [`connect: { as: "${name}", count: 2 }`],
      reconnect: (name) => ['connect: a', `reconnect: { on: a, as: "${name}" }`],
      listen: (name) => [`listen: "${name}"`],
      accept: (name) => ['listen: home', `accept: { on: home, as: "${name}" }`],
      churn: (name) => [`churn: { as: "${name}", cycles: 5 }`],
      exchange: (name) => ['connect: a', `exchange: { on: a, as: "${name}" }`],
    };
    for (const [verb, steps] of Object.entries(makers)) {
      it(`by ${verb}`, () => {
        for (const name of RESERVED_NAMES.keys()) {
          const [problem, ...more] = problems(suite(steps(name)));
          expect(problem).to.match(/^\d+:\d+ "\w+" is our name for .*; did you mean "my-\w+"\?$/);
          expect(more).to.deep.equal([]);
        }
      });
    }

    it('where it stands, with one that it could give', () => {
      expect(problems(suite([`connect: ${PROBE}`]))).to.deep.equal([
        '7:18 "probe" is our name for the connections that ask whether a port still serves; did you mean "my-probe"?',
      ]);
      expect(problems(suite(['connect: ncs', `connect: { as: ${numberedName('ncs', 2)} }`]))).to.deep.equal([
        '8:24 "ncs.2" is a name that we make of "ncs" ourselves; did you mean "ncs-2"?',
      ]);
      expect(problems(suite(['connect: ncs', 'close: ncs.2']))).to.deep.equal([
        '8:16 "ncs.2" is a name that we make of "ncs" ourselves; did you mean "ncs"?',
      ]);
    });

    for (const part of ['first', 'older', 'newer', 'cleared up'] as const) {
      it(`such as "${partName(SANITY, part)}"`, () => {
        expect(problems(suite([`connect: "${partName('storm', part)}"`]))).to.deep.equal([
          `7:18 "storm, ${part}" is a name that we make of "storm" ourselves; did you mean "storm-2"?`,
        ]);
      });
    }

    it('but may call connections older and newer, as a built-in one does', () => {
      expect(problems(suite(['connect: older', 'reconnect: { on: older, as: newer }']))).to.deep.equal([]);
    });
  });

  it('cannot have a test with the ID of a built-in one', () => {
    expect(problems(suite([], { id: 'REL-01' }))[0]).to.match(
      /^4:9 test ID "REL-01" belongs to a built-in test \(suites\/sockets\/release\.yaml:\d+\); did you mean "MY-REL-01"\?$/,
    );
    for (const id of ['SAN-OPEN', 'SAN-CLOSE']) {
      expect(problems(suite([], { id }))).to.deep.equal([
        `4:9 test ID "${id}" belongs to a built-in test (one of the sanity tests); did you mean "MY-${id}"?`,
      ]);
    }
    expect(read(suite([], { id: 'REL-01' }), true).problems).to.deep.equal([]);
  });

  it('is told from a built-in one', () => {
    expect(read(suite([])).suite?.builtin).to.equal(false);
    expect(read(suite([]), true).suite?.builtin).to.equal(true);
  });

  it('may have a group of its own, which is known by both its names', () => {
    const own = read(suite([], { group: '{ id: ACME, title: Our prompter }' })).suite;
    expect(own).to.include({ group: 'ACME', groupTitle: 'Our prompter' });
    for (const name of ['acme', 'our prompter', 'Our-Prompter']) {
      const { problems, suites } = selectTests([own!], { groups: [name] });
      expect(problems, name).to.deep.equal([]);
      expect(suites, name).to.have.length(1);
    }
    expect(selectTests([own!], { groups: ['ACMEE'] }).problems).to.deep.equal([
      'no group "ACMEE"; did you mean "ACME"?',
    ]);
  });

  it('cannot take a built-in group for its own, nor one that nobody declared', () => {
    for (const { id, title } of BUILTIN_GROUPS) {
      expect(problems(suite([], { group: `{ id: ${id}, title: Mine }` }))).to.deep.equal([
        `2:14 "${id}" is a built-in group; did you mean "group: ${id}"?`,
      ]);
      expect(problems(suite([], { group: `{ id: ACME, title: ${title} }` }))[0]).to.match(
        new RegExp(`is a built-in group; did you mean "group: ${id}"`),
      );
    }
    expect(problems(suite([], { group: 'LANES' }))[0]).to.match(/^2:8 "LANES" is not one of .*"LANE"\?$/);
    expect(problems(suite([], { group: '{ id: acme, title: t }' }))).to.deep.equal([
      '2:14 expected a short name such as ACME: capitals and digits',
    ]);
    expect(problems(suite([], { group: '{ id: ACME }' }))).to.deep.equal(['2:8 missing key "title"']);
  });
});
