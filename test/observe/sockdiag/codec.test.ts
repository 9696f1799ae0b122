import { expect } from 'chai';
import { endianness } from 'node:os';
import { isAbout, readEntry, readReading, writeLookup } from '../../../src/observe/sockdiag/codec.ts';
import { portFilter } from '../../../src/observe/sockdiag/filter.ts';
import { allocate, type Memory } from '../../../src/observe/sockdiag/memory.ts';
import { readMessages, type NetlinkMessage } from '../../../src/observe/sockdiag/netlink.ts';

const zeros = (bytes: number): string => '00'.repeat(bytes);

function memoryOf(...parts: string[]): Memory {
  const bytes = Buffer.from(parts.join('').replaceAll(' ', ''), 'hex');
  const memory = allocate(bytes.length);
  memory.u8.set(bytes);
  return memory;
}

/** inet_diag_msg: CLOSE_WAIT, keepalive timer, 127.0.0.1:10540 -> 127.0.0.1:40000. */
const IPV4_REPLY = [
  '58000000 1400 0200 07000000 00000000',
  '02 08 02 00',
  '292c 9c40',
  `7f000001 ${zeros(12)}`,
  `7f000001 ${zeros(12)}`,
  '00000000 05000000 01000000',
  '00000000 03000000 04000000 e8030000 39300000',
];

/** The same from a listener on `::`, IPv4-mapped. */
const MAPPED_REPLY = IPV4_REPLY.map((part) =>
  part.startsWith('7f000001') ? `${zeros(10)} ffff 7f000001` : part.replace(/^02 08/, '0a 08'),
);

const QUERY = {
  source: { address: '127.0.0.1', port: 10540 },
  destination: { address: '127.0.0.1', port: 40000 },
};

describe('sock_diag messages against fixed bytes', function () {
  before(function () {
    if (endianness() !== 'LE') this.skip();
  });

  it('asks for one IPv4 socket', () => {
    const memory = allocate(72);
    writeLookup(memory, 0, QUERY, 7);
    const expected = [
      '48000000 1400 0100 07000000 00000000',
      '02 06 00 00 00000000',
      '292c 9c40',
      `7f000001 ${zeros(12)}`,
      `7f000001 ${zeros(12)}`,
      '00000000 ffffffff ffffffff',
    ];
    expect(Buffer.from(memory.u8).toString('hex')).to.equal(expected.join('').replaceAll(' ', ''));
  });

  it('asks for one IPv6 socket', () => {
    const memory = allocate(72);
    const query = { source: { address: '2001:db8::1', port: 1 }, destination: { address: '::1', port: 2 } };
    writeLookup(memory, 0, query, 1);
    const text = Buffer.from(memory.u8).toString('hex');
    expect(text.slice(32, 36)).to.equal('0a06');
    expect(text.slice(48, 120)).to.equal(`00010002${'20010db8'}${zeros(11)}01${zeros(15)}01`);
  });

  it('asks for an IPv4-mapped socket as for an IPv4 one', () => {
    const [plain, mapped] = [allocate(72), allocate(72)];
    writeLookup(plain, 0, QUERY, 7);
    const query = {
      source: { address: '::ffff:127.0.0.1', port: 10540 },
      destination: { address: '::ffff:7f00:1', port: 40000 },
    };
    writeLookup(mapped, 0, query, 7);
    expect(mapped.u8).to.deep.equal(plain.u8);
  });

  it('refuses a name and two ends of different families', () => {
    const ask = (source: string, destination: string) => () =>
      writeLookup(
        allocate(72),
        0,
        { source: { address: source, port: 1 }, destination: { address: destination, port: 1 } },
        1,
      );
    expect(ask('localhost', '127.0.0.1')).to.throw('"localhost" is no literal address');
    expect(ask('::1', '127.0.0.1')).to.throw('cannot be the ends of one connection');
  });

  it('reads state, timer, queues, owner, inode and cookie', () => {
    expect(readReading(memoryOf(...IPV4_REPLY), 0)).to.deep.equal({
      state: 'CLOSE_WAIT',
      timer: 'keepalive',
      receiveQueue: 3,
      sendQueue: 4,
      uid: 1000,
      inode: 12345,
      cookie: 5 + 2 ** 32,
    });
  });

  it('shows IPv4-mapped rows as IPv4', () => {
    const entry = readEntry(memoryOf(...MAPPED_REPLY), 0);
    expect(entry).to.deep.include({ local: QUERY.source, remote: QUERY.destination });
  });

  it('takes a socket in CLOSE for none and refuses a state that Linux does not have', () => {
    const reply = (state: string) =>
      memoryOf(...IPV4_REPLY.map((part) => part.replace(/^02 08/, `02 ${state}`)));
    expect(readReading(reply('07'), 0)).to.equal(null);
    expect(() => readReading(reply('0d'), 0)).to.throw('unknown TCP state 13');
  });

  it('recognises its socket, IPv4 and mapped, and nothing else', () => {
    expect(isAbout(memoryOf(...IPV4_REPLY), 0, QUERY)).to.equal(true);
    expect(isAbout(memoryOf(...MAPPED_REPLY), 0, QUERY)).to.equal(true);
    const other = { ...QUERY, destination: { address: '127.0.0.1', port: 40001 } };
    expect(isAbout(memoryOf(...IPV4_REPLY), 0, other)).to.equal(false);
    const elsewhere = { ...QUERY, destination: { address: '127.0.0.2', port: 40000 } };
    expect(isAbout(memoryOf(...IPV4_REPLY), 0, elsewhere)).to.equal(false);
    expect(isAbout(memoryOf(...MAPPED_REPLY), 0, elsewhere)).to.equal(false);
    const ipv6 = { source: { address: '::1', port: 10540 }, destination: { address: '::1', port: 40000 } };
    expect(isAbout(memoryOf(...MAPPED_REPLY), 0, ipv6)).to.equal(false);
    expect(isAbout(memoryOf(...IPV4_REPLY), 0, ipv6)).to.equal(false);
  });

  it('filters by a port at either end', () => {
    const expected = '1800 0100 0b080c00 00002c29 01040c00 0c080c00 00002c29';
    expect(Buffer.from(portFilter([0x292c])).toString('hex')).to.equal(expected.replaceAll(' ', ''));
  });

  it('lets every comparison of a filter for several ports accept', () => {
    const filter = Buffer.from(portFilter([1, 2]));
    expect(filter.length).to.equal(4 + 4 * 12 - 4);
    const jumps = [0, 1, 2].map((i) => ({ at: i * 12 + 8, by: filter.readUInt16LE(4 + i * 12 + 10) }));
    for (const { at, by } of jumps) expect(at + by).to.equal(filter.length - 4);
  });

  describe('a datagram', () => {
    const read = (...parts: string[]): NetlinkMessage[] => {
      const memory = memoryOf(...parts);
      const messages: NetlinkMessage[] = [];
      readMessages(memory, memory.u8.length, (message) => messages.push(message));
      return messages;
    };
    const noSuchSocket = `24000000 0200 0000 08000000 00000000 feffffff ${zeros(16)}`;

    it('may hold several messages', () => {
      const done = '14000000 0300 1200 09000000 00000000 00000000';
      expect(read(...IPV4_REPLY, noSuchSocket, done)).to.deep.equal([
        { kind: 'socket', sequence: 7, error: 0, at: 0, interrupted: false },
        { kind: 'error', sequence: 8, error: -2, at: 88, interrupted: false },
        { kind: 'done', sequence: 9, error: 0, at: 124, interrupted: true },
      ]);
    });

    it('that is cut, too short or says that others were lost is not believed', () => {
      expect(() => read(IPV4_REPLY[0]!, '02080200')).to.throw('cut off');
      expect(() => read(`14000000 1400 0200 07000000 00000000 ${zeros(4)}`)).to.throw('too short');
      expect(() => read('04000000 1400 0200 07000000 00000000')).to.throw('cut off');
      expect(() => read('10000000 0400 0000 07000000 00000000')).to.throw('lost');
    });
  });
});
