import { expect } from 'chai';
import { parseDuration, parsePercent, parseSize, REFERENCE } from '../../src/document/quantities.ts';

describe('quantities', () => {
  it('reads durations as ms', () => {
    expect(['5s', '300ms', '2m', '1.5s', '1h', '0s'].map(parseDuration)).to.deep.equal([
      5_000, 300, 120_000, 1_500, 3_600_000, 0,
    ]);
    for (const wrong of ['5', '5 s', '-5s', '5sec', 's', '', '1e3s', '999999999h']) {
      expect(parseDuration(wrong), wrong).to.equal(undefined);
    }
  });

  it('reads sizes as bytes and shares as fractions', () => {
    expect(['512B', '64KiB', '32MiB', '1.5KiB'].map(parseSize)).to.deep.equal([
      512, 65_536, 33_554_432, 1_536,
    ]);
    expect(['5MB', '5', 'KiB', '-1B'].map(parseSize)).to.deep.equal(Array(4).fill(undefined));
    expect(['50%', '0%', '100%', '12.5%'].map(parsePercent)).to.deep.equal([0.5, 0, 1, 0.125]);
    expect(['101%', '50', '%', '-1%'].map(parsePercent)).to.deep.equal(Array(4).fill(undefined));
  });

  it('tells references from other text', () => {
    expect(REFERENCE.exec('$releaseTime')?.[1]).to.equal('releaseTime');
    for (const text of ['$5', 'a$b', '$', '$a b']) expect(text).not.to.match(REFERENCE);
  });
});
