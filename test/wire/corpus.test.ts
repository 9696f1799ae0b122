import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { decodeFrame } from '../../src/wire/decode.ts';
import { encodeText } from '../../src/wire/encoding.ts';
import { Framer } from '../../src/wire/framer.ts';
import { REVISIONS } from '../../src/wire/revision.ts';
import { ENCODINGS, type DecodedMessage, type Encoding } from '../../src/wire/types.ts';
import { validateMessage } from '../../src/wire/validate.ts';

/** Whole messages as newsroom systems and devices of every kind write them, a file each. */
const FOLDER = new URL('./corpus/', import.meta.url);

/** What a device may hand over at once, in bytes; odd numbers cut through characters. */
const READS = [1, 3, 1_460, Infinity];

describe('messages of every dialect', function () {
  this.timeout(60_000);
  const files = readdirSync(FOLDER);
  const textOf = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');

  function read(bytes: Buffer, expect: Encoding, size: number): DecodedMessage[] {
    const framer = new Framer({ expect });
    const frames = [];
    for (let at = 0; at < bytes.length; at += size)
      frames.push(...framer.push(bytes.subarray(at, Math.min(bytes.length, at + size))));
    return [...frames, ...framer.end()].map((frame) => decodeFrame(frame));
  }

  for (const file of files) {
    it(`${file} is one message, however it is cut and written`, () => {
      const text = textOf(file);
      const inner = /<\/ncsID>\s*(?:<messageID>.*?<\/messageID>\s*)?<(\w+)/s.exec(text)?.[1];
      for (const encoding of ENCODINGS) {
        const bytes = encodeText(text, encoding);
        for (const size of READS) {
          const messages = read(bytes, encoding, size);
          expect(
            messages.map(({ name }) => name),
            `${encoding}, reads of ${size}`,
          ).to.deep.equal([inner]);
          expect(messages[0]?.findings.filter(({ id }) => !OF_DIALECTS.has(id))).to.deep.equal([]);
        }
      }
    });
  }

  it('follow one another without a trace of each other', () => {
    const all = files.map(textOf);
    const messages = read(encodeText(all.join(''), 'ucs-2be'), 'ucs-2be', 4_096);
    expect(messages.map(({ text }) => text.trim())).to.deep.equal(all.map((text) => text.trim()));
  });

  it('are judged by every revision, whatever it makes of them', () => {
    for (const file of files) {
      const [message] = read(encodeText(textOf(file), 'ucs-2be'), 'ucs-2be', Infinity);
      for (const revision of REVISIONS) {
        const { problems, notes } = validateMessage(message!, { revision });
        for (const { text, line, path } of [...problems, ...notes]) {
          expect(text, file).to.match(/\S/);
          expect(line, file).to.be.at.least(1);
          expect(path, file).to.match(/^\//);
        }
      }
    }
  });
});

/** What these messages have on purpose: older newsrooms number nothing. */
const OF_DIALECTS: ReadonlySet<string> = new Set(['missing-message-id', 'xml-declaration']);
