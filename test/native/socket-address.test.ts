import { expect } from 'chai';
import { readSocketAddress, socketAddress } from '../../src/native/socket-address.ts';

describe('socket addresses', () => {
  it('are what the kernel takes, and read back', () => {
    const four = socketAddress('127.0.0.2', 10540);
    expect([...(four?.bytes ?? [])]).to.deep.equal([2, 0, 0x29, 0x2c, 127, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
    const six = socketAddress('2001:DB8::1', 443);
    expect(six?.bytes).to.have.length(28);
    for (const one of [four, six]) expect(one && readSocketAddress(one.bytes)).to.deep.equal(one?.endpoint);
    expect(six?.endpoint).to.deep.equal({ address: '2001:db8::1', port: 443 });
  });

  it('of IPv4 in the form of IPv6 are those of IPv4', () => {
    expect(socketAddress('::ffff:127.0.0.1', 1)?.bytes).to.have.length(16);
  });

  it('are not made of names, and not of addresses with a zone', () => {
    expect(socketAddress('localhost', 1)).to.equal(undefined);
    expect(socketAddress('fe80::1%lo', 1)).to.equal(undefined);
  });
});
