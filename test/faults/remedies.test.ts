import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { Script } from 'node:vm';
import { FAULTS } from '../../src/faults/catalogue.ts';
import { readRemedy } from '../../src/faults/remedies/read.ts';
import { REMEDY_NAMES, remedyOf } from '../../src/faults/remedies/remedies.ts';
import { BLOCK_LABELS, REMEDY_LANGUAGES } from '../../src/faults/remedies/remedy.ts';

describe('remedies', () => {
  for (const name of REMEDY_NAMES) {
    const remedy = remedyOf(name);

    it(`${name} has an example in every language, without tabs and not too wide`, () => {
      for (const language of Object.keys(REMEDY_LANGUAGES) as (keyof typeof REMEDY_LANGUAGES)[]) {
        const lines = remedy.examples[language].split('\n');
        expect(lines.length, language).to.be.within(4, 45);
        expect(lines[0], language).to.match(/^\S/);
        for (const line of lines) expect(line.length, `${language}: ${line}`).to.be.at.most(112);
        expect(remedy.examples[language], language).not.to.match(/\t|undefined/);
      }
    });

    it(`${name} is a program that Node.js can read`, () => {
      expect(() => new Script(remedy.examples.node)).not.to.throw();
    });

    it(`${name} is the remedy of some fault`, () => {
      expect([...FAULTS.values()].some(({ examples }) => examples === name)).to.equal(true);
    });
  }

  it('finds the messages of a stream in its own example, however it is split', () => {
    const make = new Script(`${remedyOf('framing').examples.node}\nFramer`).runInNewContext({ TextDecoder });
    const nested = '<mos version="x"><mosPayload><mos>é</mos></mosPayload></mos>';
    const bytes = Buffer.from(`${nested}\r\n<mos><heartbeat/></mos>`, 'utf16le').swap16();
    for (let size = 1; size < 20; size++) {
      const framer = new make() as { push(bytes: Buffer): string[] };
      const found: string[] = [];
      for (let at = 0; at < bytes.length; at += size)
        found.push(...framer.push(bytes.subarray(at, at + size)));
      expect(
        found.map((message) => message.trim()),
        `chunks of ${size}`,
      ).to.deep.equal([nested, '<mos><heartbeat/></mos>']);
    }
  });

  it('closes where the paper closes: in the Close event of Visual Basic', () => {
    expect(remedyOf('close-on-eof').examples.visualbasic).to.match(
      /_Close\(Index As Integer\)\n\s+sckMos\(Index\)\.Close/,
    );
  });

  it('are the Markdown files of their folder', () => {
    const files = readdirSync(new URL('../../src/faults/remedies/', import.meta.url));
    const names = files.filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -3));
    expect(names).to.have.members([...REMEDY_NAMES]);
  });
});

describe('the form of a remedy', () => {
  const block = (label: string, code = `${label} code`): string => `\`\`\`${label}\n${code}\n\`\`\``;
  const blocks = Object.values(BLOCK_LABELS).map((label) => block(label));
  const whole = (...parts: string[]): string => `${parts.join('\n\n')}\n`;
  const right = whole('# A title', 'A rule\non two lines.', ...blocks);

  it('is read with either kind of line end', () => {
    const { title, rule, examples } = readRemedy(right);
    expect({ title, rule }).to.deep.equal({ title: 'A title', rule: 'A rule on two lines.' });
    expect(examples).to.include({ node: 'js code', winsock: 'cpp code' });
    expect(readRemedy(right.replaceAll('\n', '\r\n'))).to.deep.equal({ title, rule, examples });
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ['no title', whole('A rule.', ...blocks), 'line 1: expected "# " and the title'],
    ['no rule', whole('# A title', ...blocks), 'line 2: expected one paragraph with the rule'],
    [
      'a rule of two paragraphs',
      whole('# A title', 'One.', 'Two.', ...blocks),
      'line 2: expected one paragraph',
    ],
    ['no block', whole('# A title', 'A rule.'), 'it has no block'],
    [
      'an unknown language',
      `${right}\n${block('cobol')}\n`,
      'line 38: expected a block in one of the languages',
    ],
    ['a language twice', `${right}\n${block('java')}\n`, 'line 38: a second block in java'],
    ['text between the blocks', `${right}\nSee also.\n`, 'line 38: expected a block in one of the languages'],
    ['a block without an end', right.trimEnd().slice(0, -3), 'the block does not end'],
    ['a language left out', whole('# A title', 'A rule.', ...blocks.slice(1)), 'it has no block in csharp'],
  ];
  for (const [what, markdown, message] of wrong) {
    it(`is refused with ${what}`, () => {
      expect(() => readRemedy(markdown)).to.throw(message);
    });
  }
});
