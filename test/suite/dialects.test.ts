import { expect } from 'chai';
import { parseYaml } from '../../src/document/yaml-file.ts';
import { DIALECT_NAMES, dialectNamed } from '../../src/suite/dialects.ts';
import { readSuiteFrom } from '../../src/suite/read-suite.ts';

function problemsOf(message: string): string[] {
  return readMessage(message).problems.map(({ text }) => text);
}

function readMessage(message: string): ReturnType<typeof readSuiteFrom> {
  const text = [
    'suite: A suite',
    'group: WIRE',
    'tests:',
    '  - id: X-01',
    '    title: A test',
    '    steps:',
    '      - connect: ncs',
    `      - exchange: { on: ncs, as: q, ${message} }`,
    '      - expect: { answered: q, covers: MOS-FRM-04 }',
  ].join('\n');
  const { file } = parseYaml('x.yaml', Buffer.from(text));
  if (!file) throw new Error('no YAML');
  return readSuiteFrom(file);
}

describe('dialects', () => {
  for (const name of DIALECT_NAMES) {
    it(`${name} says what it is and where that is known from`, () => {
      const { dialect, source, quirks } = dialectNamed(name);
      expect(dialect).to.match(/\w/);
      expect(source).to.match(/\w/);
      for (const quirk of quirks) expect(quirk).to.match(/\.$/);
    });
  }

  it('dress a message, and give way to what the suite itself says', () => {
    const exchange = (message: string): unknown => readMessage(message).suite?.tests[0]?.steps[1];
    expect(exchange('dialect: inews'))
      .to.include({ verb: 'exchange' })
      .and.deep.include({ with: { messageID: null } });
    expect(exchange('dialect: enps')).to.deep.include({ form: { pretty: true } });
    expect(exchange('dialect: enps, form: { pretty: false }')).to.deep.include({ form: { pretty: false } });
    expect(exchange('dialect: inews, with: { messageID: 7 }')).to.deep.include({ with: { messageID: '7' } });
  });

  it('are named by mistake with the one that was meant', () => {
    expect(problemsOf('dialect: inew')[0]).to.contain('inews');
  });

  it('leave no room for what would change nothing', () => {
    expect(problemsOf('raw: x, dialect: enps')[0]).to.contain('"dialect" changes nothing in "raw"');
    expect(problemsOf('extra: "<a>"')[0]).to.contain('no well-formed XML');
    expect(problemsOf('splits: { at: inside-characters, for: 1s }, cut: 50%')[0]).to.contain(
      'cannot stand together',
    );
  });
});
