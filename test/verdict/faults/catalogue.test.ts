import { expect } from 'chai';
import { Script } from 'node:vm';
import { REQUIREMENTS } from '../../../src/requirements/catalogue.ts';
import { FAULTS as SHOWN_BY_THE_REFERENCE_DEVICE } from '../../../src/device/faults/index.ts';
import { FAULTS } from '../../../src/verdict/faults/catalogue.ts';
import { REMEDIES } from '../../../src/verdict/faults/remedies/remedies.ts';
import { REMEDY_LANGUAGES, code } from '../../../src/verdict/faults/remedies/remedy.ts';

describe('catalogue of faults', () => {
  it('explains every fault that the reference device can show', () => {
    expect([...SHOWN_BY_THE_REFERENCE_DEVICE.keys()].filter((id) => !FAULTS.has(id))).to.deep.equal([]);
  });

  it('files every entry under its own name, once', () => {
    for (const [id, entry] of FAULTS) expect(entry.id).to.equal(id);
    expect(new Set([...FAULTS.values()].map(({ title }) => title)).size).to.equal(FAULTS.size);
  });

  it('breaks only requirements that exist', () => {
    for (const { id, requirements } of FAULTS.values()) {
      expect(requirements, id).not.to.have.length(0);
      for (const broken of requirements) expect(REQUIREMENTS.has(broken), `${id}: ${broken}`).to.equal(true);
    }
  });

  it('breaks every socket requirement by some fault', () => {
    const broken = new Set([...FAULTS.values()].flatMap(({ requirements }) => requirements));
    const whole = [...REQUIREMENTS.keys()].filter((id) => id.startsWith('SOCK-') && !broken.has(id));
    expect(whole).to.deep.equal([]);
  });

  it('speaks in sentences', () => {
    for (const { id, title, explanation, remedy } of FAULTS.values()) {
      expect(title, id).to.match(/^[a-z].*[^.]$/);
      expect(explanation, id).to.match(/^[A-Z].{60,}\.$/);
      expect(remedy, id).to.match(/^[A-Z].{20,}\.$/);
    }
  });

  it('closes where the paper closes: in the Close event of Visual Basic', () => {
    expect(REMEDIES['close-on-eof'].examples.visualbasic).to.match(
      /_Close\(Index As Integer\)\n\s+sckMos\(Index\)\.Close/,
    );
  });
});

describe('remedies', () => {
  for (const [name, remedy] of Object.entries(REMEDIES)) {
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
    const make = new Script(`${REMEDIES.framing.examples.node}\nFramer`).runInNewContext({ TextDecoder });
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

  it('takes the indentation of our own files out of examples', () => {
    expect(code`
      one
        two
    `).to.equal('one\n  two');
  });
});
