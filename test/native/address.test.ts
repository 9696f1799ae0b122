import { expect } from 'chai';
import fc from 'fast-check';
import { formatAddress, normalizeAddress, parseAddress } from '../../src/native/address.ts';

describe('literal addresses', () => {
  const spellings: [written: string, normal: string][] = [
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['::FFFF:7f00:1', '127.0.0.1'],
    ['::', '::'],
    ['::1', '::1'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2001:DB8::0001', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ];
  for (const [written, normal] of spellings) {
    it(`${written} is ${normal}`, () => expect(normalizeAddress(written)).to.equal(normal));
  }

  it('leaves a text that is no address as it is', () => {
    expect(parseAddress('localhost')).to.equal(undefined);
    expect(normalizeAddress('1.2.3')).to.equal('1.2.3');
  });

  it('reads what it wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const text = formatAddress(bytes);
        expect(formatAddress(parseAddress(text)!)).to.equal(text);
      }),
    );
  });
});
