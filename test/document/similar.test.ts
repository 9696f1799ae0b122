import { expect } from 'chai';
import fc from 'fast-check';
import { closest, didYouMean, editDistance } from '../../src/document/similar.ts';

describe('what was probably meant', () => {
  it('counts a swap of neighbours as one edit', () => {
    expect(editDistance('clsoe', 'close')).to.equal(1);
    expect(editDistance('mesage', 'message')).to.equal(1);
    expect(editDistance('', 'abc')).to.equal(3);
  });

  it('names the nearest word and nothing where none is near', () => {
    expect(closest('mesage', ['message', 'within'])).to.equal('message');
    expect(closest('RELEASETIME', ['releaseTime'])).to.equal('releaseTime');
    expect(closest('zebra', ['message', 'within'])).to.equal(undefined);
    expect(closest('a', ['x'])).to.equal(undefined);
    expect(didYouMean('wihtin', ['within'])).to.equal('; did you mean "within"?');
    expect(didYouMean('within', ['within'])).to.equal('');
  });

  it('is a distance', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const edits = editDistance(a, b);
        return (
          edits === editDistance(b, a) && (edits === 0) === (a === b) && edits <= Math.max(a.length, b.length)
        );
      }),
    );
  });
});
