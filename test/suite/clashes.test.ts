import { expect } from 'chai';
import type { Problem } from '../../src/document/problem.ts';
import { parseYaml } from '../../src/document/yaml-file.ts';
import { clashesOf } from '../../src/suite/read.ts';
import { readSuiteFrom, type SuiteReading } from '../../src/suite/read-suite.ts';

function read(path: string, { id = 'MINE-01', group = 'REL' } = {}): SuiteReading {
  const steps = '      - expect: { serving: true, covers: SOCK-REL-10 }\n';
  const yaml = `suite: Mine\ngroup: ${group}\ntests:\n  - id: ${id}\n    title: t\n    steps:\n${steps}`;
  const { file } = parseYaml(path, Buffer.from(yaml));
  return readSuiteFrom(file!);
}

function said(problems: readonly Problem[]): string[] {
  return problems.map(({ file, line, column, text }) => `${file}:${line}:${column} ${text}`);
}

describe('suites that run together', () => {
  it('cannot share the ID of a test', () => {
    const [shared, ...more] = clashesOf([read('x.yaml', { id: 'T-1' }), read('y.yaml', { id: 'T-1' })]);
    expect(more).to.deep.equal([]);
    expect(shared).to.include({ file: 'y.yaml', line: 4, column: 5 });
    expect(shared?.text).to.equal('duplicate test ID "T-1"; it is also in x.yaml:4');
    expect(shared?.excerpt).to.equal('      - id: T-1\n        ^');
  });

  it('cannot give one group two titles', () => {
    const readings = ['Our prompter', 'Our prompter', 'Our Prompters'].map((title, index) =>
      read(`${index}.yaml`, { id: `T-${index}`, group: `{ id: ACME, title: ${title} }` }),
    );
    const [clash, ...more] = clashesOf(readings);
    expect(said(clash ? [clash] : [])).to.deep.equal([
      '2.yaml:2:27 group "ACME" is called "Our prompter" in 0.yaml:2; did you mean "Our prompter"?',
    ]);
    expect(clash?.excerpt).to.match(/^ {4}group: \{ id: ACME, title: Our Prompters \}\n {30}\^$/);
    expect(more).to.deep.equal([]);
  });

  it('may have groups of their own, and a built-in one together', () => {
    const groups = ['{ id: ACME, title: Ours }', '{ id: OTHER, title: Theirs }', 'REL', 'REL'];
    const readings = groups.map((group, index) => read(`${index}.yaml`, { id: `T-${index}`, group }));
    expect(said(clashesOf(readings))).to.deep.equal([]);
  });
});
