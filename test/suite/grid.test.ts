import { expect } from 'chai';
import { parseYaml } from '../../src/document/yaml-file.ts';
import { readSuiteFrom } from '../../src/suite/read-suite.ts';
import { tooManyCells } from '../../src/suite/too-many-cells.ts';

const EACH = '{ event: { nothing: [], asked: [ exchange: { on: ncs } ] }, end: { close: [ close: ncs ] } }';
const RELEASED = 'expect: { on: ncs, released: both, covers: SOCK-REL-02 }';

function suiteOf(each: string, steps: readonly string[]): string {
  const lines = steps.map((step) => `            - ${step}`).join('\n');
  return `suite: S\ngroup: REL\ntests:\n  - id: T-1\n    title: t\n    steps:\n      - grid:\n          each: ${each}\n          steps:\n${lines}\n`;
}

function read(yaml: string): ReturnType<typeof readSuiteFrom> {
  const { file, problems } = parseYaml('x.yaml', Buffer.from(yaml));
  return file ? readSuiteFrom(file) : { problems };
}

function complaints(each: string, steps: readonly string[]): string[] {
  return read(suiteOf(each, steps)).problems.map(({ line, column, text }) => `${line}:${column} ${text}`);
}

const STEPS = ['connect: ncs', 'play: event', 'play: end', RELEASED];

describe('the language of grids', () => {
  it('plays the rows of its tables where its steps say so', () => {
    const { suite, problems } = read(suiteOf(EACH, STEPS));
    expect(problems).to.deep.equal([]);
    expect(suite?.tests[0]?.covers).to.deep.equal(['SOCK-REL-02']);
  });

  it('refuses a table that does not exist, and one that nothing plays', () => {
    expect(complaints(EACH, ['connect: ncs', 'play: evnt', 'play: end', RELEASED])).to.deep.equal([
      '8:26 no step of the grid plays its rows; did you mean to put "play: event" there?',
      '11:21 the grid has no table "evnt"; did you mean "event"?',
    ]);
  });

  it('refuses an empty table, and a grid without any', () => {
    expect(complaints('{ end: {} }', ['connect: ncs', 'play: end', 'close: ncs', RELEASED])).to.deep.equal([
      '8:24 the table "end" has no rows',
    ]);
    expect(complaints('{}', ['connect: ncs', 'close: ncs', RELEASED])).to.deep.equal([
      '8:17 a grid without a table has no cell',
    ]);
  });

  it('tells what is wrong inside a row where it stands', () => {
    const wrong = EACH.replace('close: ncs', 'close: nsc').replace('exchange: { on: ncs }', 'exchnge: ncs');
    expect(complaints(wrong, STEPS)).to.deep.equal(['8:50 unknown verb "exchnge"; did you mean "exchange"?']);
    expect(complaints(EACH.replace('close: ncs', 'close: nsc'), STEPS)).to.deep.equal([
      '8:100 no earlier step opens a connection called "nsc"; did you mean "ncs"?',
      '13:29 "ncs" cannot be released yet: no earlier step ends it; did you mean to put "close: ncs" before this?',
    ]);
  });

  it('refuses to play a row outside a grid', () => {
    const { problems } = read(`${suiteOf(EACH, STEPS)}      - play: event\n`);
    expect(problems.map(({ line, text }) => `${line} ${text}`)).to.deep.equal([
      '14 "play" stands among the steps of a grid',
    ]);
  });

  it('knows which grids have more cells than may be played', () => {
    const { suite } = read(suiteOf(EACH, STEPS));
    const told = suite ? tooManyCells([suite], 1) : [];
    expect(told.map(({ file, line, text }) => `${file}:${line} ${text}`)).to.deep.equal([
      'x.yaml:7 the grid has 2 cells, more than 1; leave rows out, or add --max-cells 2',
    ]);
    expect(suite && tooManyCells([suite], 2)).to.deep.equal([]);
  });
});
