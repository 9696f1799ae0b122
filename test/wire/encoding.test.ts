import { expect } from 'chai';
import fc from 'fast-check';
import {
  decodeText,
  detectEncoding,
  encodeText,
  guessEncoding,
  hasLoneSurrogate,
} from '../../src/wire/encoding.ts';
import { ENCODINGS } from '../../src/wire/types.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('encoding', () => {
  it('writes UCS-2 high byte first, as MOS asks for', () => {
    expect(encodeText('<é漢😀', 'ucs-2be')).to.deep.equal(bytes('003C 00E9 6F22 D83D DE00'));
    expect(encodeText('<é漢😀', 'ucs-2le')).to.deep.equal(bytes('3C00 E900 226F 3DD8 00DE'));
    expect(encodeText('<é漢😀', 'utf-8')).to.deep.equal(bytes('3C C3A9 E6BCA2 F09F9880'));
  });

  it('writes a byte order mark on request and drops it when reading', () => {
    expect(encodeText('<', 'ucs-2be', { bom: true })).to.deep.equal(bytes('FEFF 003C'));
    expect(encodeText('<', 'ucs-2le', { bom: true })).to.deep.equal(bytes('FFFE 3C00'));
    expect(encodeText('<', 'utf-8', { bom: true })).to.deep.equal(bytes('EFBBBF 3C'));
    for (const encoding of ENCODINGS) {
      expect(decodeText(encodeText('<a/>', encoding, { bom: true }), encoding)).to.equal('<a/>');
    }
  });

  it('keeps lone surrogates of UCS-2 and tells of them', () => {
    const text = decodeText(bytes('003C D83D 003E'), 'ucs-2be');
    expect(text).to.equal('<\uD83D>');
    expect(hasLoneSurrogate(text)).to.equal(true);
    expect(hasLoneSurrogate('😀')).to.equal(false);
  });

  it('reads anything without throwing', () => {
    expect(decodeText(bytes('003C 00'), 'ucs-2be')).to.equal('<\uFFFD');
    expect(decodeText(bytes('FF'), 'utf-8')).to.equal('\uFFFD');
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom(...ENCODINGS), (data, encoding) => {
        expect(decodeText(Buffer.from(data), encoding)).to.be.a('string');
      }),
    );
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...ENCODINGS), (text, encoding) => {
        fc.pre(!text.startsWith('\uFEFF'));
        expect(decodeText(encodeText(text, encoding), encoding)).to.equal(text);
      }),
    );
  });

  it('leaves the buffer it reads as it was', () => {
    const data = bytes('003C 003E');
    decodeText(data, 'ucs-2be');
    expect(data).to.deep.equal(bytes('003C 003E'));
  });

  it('tells the encoding from the first bytes', () => {
    const cases: [string, string | undefined][] = [
      ['003C 006D', 'ucs-2be'],
      ['3C00 6D00', 'ucs-2le'],
      ['FEFF', 'ucs-2be'],
      ['FFFE', 'ucs-2le'],
      ['EFBBBF', 'utf-8'],
      ['3C6D', 'utf-8'],
      ['3C3F', 'utf-8'],
      ['000D 000A 003C', 'ucs-2be'],
      ['0D00 0A00 3C00', 'ucs-2le'],
      ['0D0A 3C6D', 'utf-8'],
      ['0D0A 0D0A 3C', 'utf-8'],
      ['0D0A', undefined],
      ['3C', undefined],
      ['', undefined],
      ['4854 5450', undefined],
      ['0000', undefined],
    ];
    for (const [hex, encoding] of cases) expect(detectEncoding(bytes(hex)), hex).to.equal(encoding);
  });

  it('guesses the encoding of what is no XML', () => {
    for (const encoding of ENCODINGS) {
      expect(guessEncoding(encodeText('HTTP/1.1 400 Bad Request', encoding), 'ucs-2be')).to.equal(encoding);
    }
    expect(guessEncoding(bytes('FFFF FFFF'), 'ucs-2le')).to.equal('ucs-2le');
  });
});
