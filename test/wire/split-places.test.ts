import { expect } from 'chai';
import { encodeText } from '../../src/wire/encoding.ts';
import { SPLIT_PLACES, splitOffsets } from '../../src/wire/split-places.ts';
import { ENCODINGS } from '../../src/wire/types.ts';

const TEXT = '<mos version="x"><mosID>é€😀</mosID><x><mos></mos></x></mos>';

describe('splitOffsets', () => {
  for (const encoding of ENCODINGS) {
    it(`has every offset inside a message once, in ${encoding}`, () => {
      const bytes = encodeText(TEXT, encoding);
      const all = SPLIT_PLACES.flatMap((kind) => splitOffsets(bytes, encoding, kind));
      const every = Array.from({ length: bytes.length - 1 }, (_, index) => index + 1);
      expect(all.toSorted((a, b) => a - b)).to.deep.equal(every);
    });
  }

  it('tells halves of characters from whole ones', () => {
    const bytes = encodeText('<a>€</a>', 'utf-8');
    expect(splitOffsets(bytes, 'utf-8', 'inside-characters')).to.have.members([4, 5]);
    expect(splitOffsets(encodeText('<a/>', 'utf-8'), 'utf-8', 'inside-characters')).to.deep.equal([]);
    const pair = encodeText('<a>😀</a>', 'ucs-2be');
    expect(splitOffsets(pair, 'ucs-2be', 'inside-characters')).to.include.members([7, 8, 9]);
  });

  it('knows the tags of the root, the outer ones only', () => {
    const bytes = encodeText('<mos><a><mos></mos></a></mos>', 'utf-8');
    expect(splitOffsets(bytes, 'utf-8', 'inside-root-tags').toSorted((a, b) => a - b)).to.deep.equal([
      1, 2, 3, 4, 24, 25, 26, 27, 28,
    ]);
  });

  it('begins at the edges of tags, and spreads any first part over the message', () => {
    const bytes = encodeText(`<mos>${'x'.repeat(500)}</mos>`, 'utf-8');
    const offsets = splitOffsets(bytes, 'utf-8', 'between-characters');
    expect(offsets.slice(0, 2)).to.have.members([5, 505]);
    const early = offsets.slice(2, 10).toSorted((a, b) => a - b);
    expect((early.at(-1) ?? 0) - (early[0] ?? 0)).to.be.greaterThan(300);
  });

  it('has the places between characters before those inside', () => {
    const offsets = splitOffsets(encodeText('<mos></mos>', 'ucs-2be'), 'ucs-2be', 'inside-root-tags');
    expect(offsets.slice(0, 9).every((offset) => offset % 2 === 0)).to.equal(true);
    expect(offsets.slice(9).every((offset) => offset % 2 === 1)).to.equal(true);
  });

  it('finds nothing in nothing', () => {
    for (const kind of SPLIT_PLACES) {
      expect(splitOffsets(Buffer.alloc(0), 'ucs-2be', kind)).to.deep.equal([]);
      expect(splitOffsets(Buffer.from([0]), 'ucs-2be', kind)).to.deep.equal([]);
    }
  });
});
