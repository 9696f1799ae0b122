import { expect } from 'chai';
import { History } from '../../src/history/history.ts';
import { Holdings } from '../../src/ncs/holdings.ts';
import { Intake } from '../../src/ncs/intake.ts';
import { encodeText } from '../../src/wire/encoding.ts';
import type { DecodedMessage } from '../../src/wire/types.ts';

const MIB = 1024 * 1024;

const message = (inner: string): string =>
  `<mos><mosID>a</mosID><ncsID>b</ncsID><messageID>1</messageID><heartbeat><time>${inner}</time></heartbeat></mos>`;

/** As many characters as make a message of so many MiB in UCS-2. */
const times = (piece: string, mib: number): string =>
  piece.repeat(Math.floor((mib * MIB) / 2 / piece.length));

interface Read {
  messages: DecodedMessage[];
  isFlooded: boolean;
  /** How often something else could run while a message was being read. */
  turns: number;
}

/** Reads a text as it comes from a socket, 64 KiB at a time, never while the intake is busy. */
async function read(text: string, messageSize = 8 * MIB, history = new History()): Promise<Read> {
  const messages: DecodedMessage[] = [];
  let isBusy = false;
  const intake = new Intake({
    expect: 'ucs-2be',
    messageSize,
    holdings: Holdings.of(history),
    deliver: (one) => messages.push(one),
    onBusy: (busy) => (isBusy = busy),
  });
  const bytes = encodeText(text, 'ucs-2be');
  let turns = 0;
  for (let at = 0; at < bytes.length || isBusy;) {
    if (isBusy) turns += 1;
    else {
      intake.push(bytes.subarray(at, at + 64 * 1024));
      at += 64 * 1024;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { messages, isFlooded: intake.isFlooded, turns };
}

const ids = ({ messages }: Read): string[][] => messages.map(({ findings }) => findings.map(({ id }) => id));

describe('what comes on a connection', () => {
  afterEach(() => Holdings.of(history).release());
  let history = new History();
  beforeEach(() => (history = new History()));

  it('is read whole and in order, however large', async () => {
    const large = times('text ', 6);
    const got = await read(message('1') + message(large) + message('3'), 8 * MIB, history);
    expect(ids(got)).to.deep.equal([[], [], []]);
    expect(got.messages[1]?.body?.children[0]?.text).to.equal(large);
    expect(got.messages.map(({ name }) => name)).to.deep.equal(['heartbeat', 'heartbeat', 'heartbeat']);
  });

  it('is a finding where a message is longer than is accepted, and what follows it is read', async () => {
    const got = await read(message(times('x', 2)) + message('2'), MIB, history);
    expect(ids(got)).to.deep.equal([['too-long'], []]);
    expect(got.messages[0]?.findings[0]?.text).to.equal(
      'The message is longer than 1048576 bytes, the most that is accepted; its first 65536 were kept.',
    );
  });

  for (const [shape, piece] of [
    ['siblings', '<a/>'],
    ['attributes', '<a b="" c="" d=""/>'],
    ['depth', '<a>'],
    ['references', '&amp;'],
    ['carriage returns', 'a\r\n'],
  ] as const) {
    it(`stops at too many ${shape}, and says so without an accusation`, async () => {
      const got = await read(message(times(piece, 60)), 64 * MIB, history);
      const [only] = got.messages;
      expect(only?.name).to.equal('unreadable');
      expect(ids(got)).to.deep.equal([['not-read']]);
      expect(only?.messageID).to.equal('1');
      expect(got.turns).to.be.above(2);
    });
  }

  it('gives up a reference that goes on and on', async () => {
    const got = await read(message(`&${times('a', 8)};`), 16 * MIB, history);
    expect(got.messages[0]?.findings.map(({ text }) => text)).to.deep.equal([
      'The message is not well-formed XML: a reference does not end.',
    ]);
  });

  it('gives up a document type declaration that goes on and on', async () => {
    const text = `<!DOCTYPE a [${times('<!ENTITY a "b">', 8)}]>${message('1')}`;
    expect((await read(text, 16 * MIB, history)).messages[0]?.findings.map(({ id }) => id)).to.include(
      'not-read',
    );
  });

  it('is not read any more once more messages came than are kept', async () => {
    const got = await read(message('1').repeat(30_000), 8 * MIB, history);
    expect(got.isFlooded).to.equal(true);
    expect(got.messages.length).to.be.within(1_000, 2_000);
    expect(ids(got).at(-1)).to.deep.equal(['too-many']);
  });

  it('finds no room beside large messages of the same test, and room again when that is over', async () => {
    const large = message(times('x', 7));
    const all = await read(large.repeat(5), 8 * MIB, history);
    expect(ids(all)).to.deep.equal([[], [], [], ['not-read'], ['not-read']]);
    Holdings.of(history).release();
    expect(ids(await read(large, 8 * MIB, history))).to.deep.equal([[]]);
  });
});
