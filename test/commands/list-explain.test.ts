import { expect } from 'chai';
import { UsageError } from '../../src/commands/exit.ts';
import { runExplain, type ExplainArguments } from '../../src/commands/explain.ts';
import { explanationsOf } from '../../src/commands/explanations.ts';
import { runList, suitesFor, type ListArguments } from '../../src/commands/list.ts';
import { PARAMETER_NAMES, WORDS } from '../../src/commands/words.ts';
import { REQUIREMENTS } from '../../src/requirements/catalogue.ts';
import { FAULTS } from '../../src/faults/catalogue.ts';

function list(given: ListArguments): string {
  const lines: string[] = [];
  expect(runList(given, { out: (line) => lines.push(line) })).to.equal(0);
  return lines.join('\n');
}

function explain(given: ExplainArguments): string {
  const lines: string[] = [];
  expect(runExplain(given, { out: (line) => lines.push(line) })).to.equal(0);
  return lines.join('\n');
}

describe('list', () => {
  it('shows groups, suites and tests with what they need', () => {
    const text = list({ group: ['release'] });
    expect(text).to.match(
      /^REL {2}release\n {2}Orderly release \(suites\/sockets\/release\.yaml\)\n {4}REL-01 /,
    );
    expect(text).to.match(
      /REL-09 .*\n +quick; every declared port; needs load; covers SOCK-REL-09, SOCK-REL-10/,
    );
    expect(text).not.to.contain('HC-02');
  });

  it('writes JSON', () => {
    const { tests } = JSON.parse(list({ json: true, test: ['REL-01'] })) as { tests: object[] };
    expect(tests).to.deep.equal([
      {
        id: 'REL-01',
        title: 'An idle connection that the NCS closes is closed by the device',
        group: 'REL',
        suite: 'suites/sockets/release.yaml',
        tier: 'quick',
        ports: 'declared',
        needs: [],
        covers: ['SOCK-REL-01', 'SOCK-REL-10'],
      },
    ]);
  });

  it('refuses selectors that match nothing', () => {
    expect(() => list({ group: ['RELL'] })).to.throw(UsageError, 'no group "RELL"; did you mean "REL"?');
    expect(() => list({ suite: ['nope'] })).to.throw(UsageError, 'no suite "nope"');
  });
});

describe('explain', () => {
  it('explains a test with its requirements, faults and steps, also by one of its ports', () => {
    const text = explain({ id: 'rel-01@lower' });
    expect(text).to.match(/^REL-01 {2}test: An idle connection/);
    expect(text).to.contain('SOCK-REL-01 (must) the device closes its end');
    expect(text).to.contain('close-wait-leak');
    expect(text).to.contain('    id: REL-01\n');
  });

  it('explains a requirement with its tests and faults, and what wins over it', () => {
    expect(explain({ id: 'sock-rel-01' })).to.match(
      /^SOCK-REL-01 {2}requirement \(must\)[^]*Tests: [^]*REL-01[^]*Faults/,
    );
    expect(explain({ id: 'MOS-CONN-03' })).to.contain('Gives way to: SOCK-CON-02');
  });

  it('explains a fault with its remedy in a language', () => {
    const text = explain({ id: 'close-wait-leak' });
    expect(text).to.match(/Remedy: /);
    expect(text).to.contain('mos-conformance run --fault close-wait-leak');
    expect(text).to.contain('--language with one of csharp, java');
    expect(explain({ id: 'close-wait-leak', language: 'python' })).to.contain('  Python\n');
  });

  it('explains parameters, words and groups', () => {
    expect(explain({ id: '$releaseTime' }).replace(/\s+/g, ' ')).to.contain('Default 5s');
    expect(explain({ id: 'connections' })).to.contain('--parameter connections=16');
    expect(explain({ id: 'released' })).to.match(/^released {2}word/);
    expect(explain({ id: 'half-close' })).to.contain('group of tests');
  });

  it('has something to say about everything that has a name', () => {
    const suites = suitesFor([]);
    for (const id of [...REQUIREMENTS.keys(), ...FAULTS.keys(), ...PARAMETER_NAMES, ...Object.keys(WORDS)]) {
      expect(explanationsOf(id, suites), id).to.have.length.greaterThan(0);
    }
  });

  it('writes JSON', () => {
    const [first] = JSON.parse(explain({ id: 'SOCK-REL-01', json: true })) as { kind: string; id: string }[];
    expect(first).to.include({ kind: 'requirement', id: 'SOCK-REL-01' });
  });

  it('says what was probably meant, and ends with 2', () => {
    expect(() => explain({ id: 'close-wait-leek' })).to.throw(
      UsageError,
      'nothing is called "close-wait-leek"; did you mean "close-wait-leak"?',
    );
    expect(new UsageError('x').exitCode).to.equal(2);
  });
});
