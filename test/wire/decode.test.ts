import { expect } from 'chai';
import fc from 'fast-check';
import { decodeFrame } from '../../src/wire/decode.ts';
import { encodeText } from '../../src/wire/encoding.ts';
import { Framer } from '../../src/wire/framer.ts';
import type { DecodedMessage } from '../../src/wire/types.ts';

function decode(input: string | Buffer): DecodedMessage {
  const framer = new Framer();
  const bytes = typeof input === 'string' ? encodeText(input, 'ucs-2be') : input;
  const [frame] = [...framer.push(bytes), ...framer.end()];
  if (!frame) throw new Error('no frame');
  return decodeFrame(frame);
}

function ids(message: DecodedMessage): string[] {
  return message.findings.map(({ id }) => id);
}

const ENVELOPE = '<mosID>m</mosID><ncsID>n</ncsID><messageID>7</messageID>';
const BEAT = '<heartbeat><time>2026-03-02T18:04:11</time></heartbeat>';

describe('decodeFrame', () => {
  it('reads the envelope and the message', () => {
    const text = `<mos>\n <mosID> m.é </mosID><ncsID>n</ncsID><messageID>0x1A</messageID>${BEAT}</mos>`;
    const message = decode(text);
    expect(message).to.deep.include({
      name: 'heartbeat',
      mosID: 'm.é',
      ncsID: 'n',
      messageID: '0x1A',
      messageNumber: 26,
      text,
      bytes: text.length * 2,
      encoding: 'ucs-2be',
      findings: [],
    });
    expect(message.body?.children[0]?.text).to.equal('2026-03-02T18:04:11');
    expect(message.root?.name).to.equal('mos');
  });

  const deviations: [string, string, string[], string][] = [
    [
      'no mosID',
      `<mos><ncsID>n</ncsID><messageID>7</messageID>${BEAT}</mos>`,
      ['missing-mos-id'],
      'heartbeat',
    ],
    [
      'no ncsID',
      `<mos><mosID>m</mosID><messageID>7</messageID>${BEAT}</mos>`,
      ['missing-ncs-id'],
      'heartbeat',
    ],
    [
      'no messageID',
      `<mos><mosID>m</mosID><ncsID>n</ncsID>${BEAT}</mos>`,
      ['missing-message-id'],
      'heartbeat',
    ],
    [
      'empty IDs',
      `<mos><mosID/><ncsID> </ncsID><messageID></messageID>${BEAT}</mos>`,
      ['empty-mos-id', 'empty-ncs-id', 'empty-message-id'],
      'heartbeat',
    ],
    [
      'another order',
      `<mos><ncsID>n</ncsID><mosID>m</mosID><messageID>7</messageID>${BEAT}</mos>`,
      ['envelope-order'],
      'heartbeat',
    ],
    ['the message first', `<mos>${BEAT}${ENVELOPE}</mos>`, ['envelope-order'], 'heartbeat'],
    [
      'a repeated field',
      `<mos><mosID>m</mosID>${ENVELOPE}${BEAT}</mos>`,
      ['repeated-envelope-field'],
      'heartbeat',
    ],
    ['an unknown sibling', `<mos>${ENVELOPE}<x-vendor/>${BEAT}</mos>`, ['extra-sibling'], 'heartbeat'],
    ['two messages', `<mos>${ENVELOPE}${BEAT}<reqMachInfo/></mos>`, ['several-messages'], 'heartbeat'],
    ['no message', `<mos>${ENVELOPE}</mos>`, ['no-message'], 'unreadable'],
    [
      'bare text in the root',
      '<mos>Invalid command: heartbeat</mos>',
      ['missing-mos-id', 'missing-ncs-id', 'missing-message-id', 'no-message', 'text-in-envelope'],
      'unreadable',
    ],
    ['an unknown message', `<mos>${ENVELOPE}<roUnknown/></mos>`, ['unknown-message'], 'roUnknown'],
    [
      'a heartbeat without time',
      `<mos>${ENVELOPE}<heartbeat/></mos>`,
      ['heartbeat-without-time'],
      'heartbeat',
    ],
    [
      'a heartbeat with an empty time',
      `<mos>${ENVELOPE}<heartbeat><time> </time></heartbeat></mos>`,
      ['heartbeat-without-time'],
      'heartbeat',
    ],
    [
      'wrong capitals',
      `<MOS><MosID>m</MosID><ncsID>n</ncsID><messageID>7</messageID>${BEAT.replaceAll('heartbeat', 'HeartBeat')}</MOS>`,
      ['wrong-case', 'wrong-case', 'wrong-case'],
      'heartbeat',
    ],
    ['a message without envelope', BEAT, ['missing-envelope'], 'heartbeat'],
    ['another root', '<html><body/></html>', ['not-mos'], 'unreadable'],
    [
      'a document type',
      `<!DOCTYPE mos SYSTEM "mos.dtd"><mos>${ENVELOPE}${BEAT}</mos>`,
      ['document-type'],
      'heartbeat',
    ],
    [
      'entities',
      `<!DOCTYPE mos [<!ENTITY a "b">]><mos>${ENVELOPE}${BEAT}</mos>`,
      ['entity-declaration', 'not-well-formed'],
      'unreadable',
    ],
    ['a cut message', `<mos>${ENVELOPE}<heartbeat>`, ['cut-off', 'heartbeat-without-time'], 'unreadable'],
    ['no XML', 'what?', ['no-markup'], 'unreadable'],
    [
      'half a surrogate pair',
      `<mos>${ENVELOPE}<heartbeat><time>\uD83D</time></heartbeat></mos>`,
      ['lone-surrogate', 'not-well-formed'],
      'unreadable',
    ],
  ];
  for (const [what, text, expected, name] of deviations) {
    it(`reports ${what}, and nothing else`, () => {
      const message = decode(text);
      expect(ids(message)).to.deep.equal(expected);
      expect(message.name).to.equal(name);
      for (const finding of message.findings) expect(finding.text).to.match(/^[A-Z"a-z0-9].*\.$/s);
    });
  }

  it('keeps what is readable of a message that is not well formed', () => {
    const message = decode(`<mos>${ENVELOPE}<heartbeat><time>12</tim></heartbeat></mos>`);
    expect(message).to.deep.include({
      name: 'unreadable',
      mosID: 'm',
      ncsID: 'n',
      messageID: '7',
      messageNumber: 7,
    });
    expect(message.body?.name).to.equal('heartbeat');
    expect(ids(message)).to.include('not-well-formed');
  });

  it('reads messageID in every notation and reports what is none', () => {
    const cases: [string, number | undefined, string[]][] = [
      ['1', 1, []],
      ['007', 7, []],
      ['0x1a', 26, []],
      ['x1A', 26, []],
      ['2147483647', 2147483647, []],
      ['2147483648', 2147483648, ['message-id-out-of-range']],
      ['0', 0, ['message-id-out-of-range']],
      ['-3', -3, ['message-id-out-of-range']],
      ['99999999999999999999', undefined, ['message-id-out-of-range']],
      ['1.5', undefined, ['message-id-not-a-number']],
      ['abc', undefined, ['message-id-not-a-number']],
    ];
    for (const [written, number, expected] of cases) {
      const message = decode(
        `<mos><mosID>m</mosID><ncsID>n</ncsID><messageID>${written}</messageID>${BEAT}</mos>`,
      );
      expect(message.messageID).to.equal(written);
      expect(message.messageNumber, written).to.equal(number);
      expect(ids(message), written).to.deep.equal(expected);
    }
  });

  it('reports the encoding beside everything else and understands the content', () => {
    const message = decode(encodeText(`<mos><ncsID>n</ncsID><mosID>é</mosID>${BEAT}</mos>`, 'utf-8'));
    expect(message).to.deep.include({ name: 'heartbeat', mosID: 'é', encoding: 'utf-8' });
    expect(ids(message)).to.deep.equal(['utf-8', 'missing-message-id', 'envelope-order']);
    const broken = Buffer.concat([
      Buffer.from(`<mos>${ENVELOPE}${BEAT}<!--`),
      Buffer.of(0xff),
      Buffer.from('--></mos>'),
    ]);
    expect(ids(decode(broken))).to.include('invalid-utf-8');
  });

  it('reads anything without throwing', () => {
    const piece = fc.constantFrom(
      '<mos>',
      '</mos>',
      '<mosID>',
      '</mosID>',
      '<heartbeat/>',
      '<!DOCTYPE',
      '[',
      ']>',
      '&',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '"',
      'x',
      '<',
      '>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const framer = new Framer();
        for (const frame of [...framer.push(encodeText(pieces.join(''), 'ucs-2be')), ...framer.end()]) {
          expect(decodeFrame(frame).name).to.be.a('string');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('sums up an envelope that holds a great many elements', () => {
    const message = decode(`<mos>${ENVELOPE}${BEAT}${'<MosID/><x/>'.repeat(120_000)}</mos>`);
    expect(ids(message)).to.deep.equal([
      'wrong-case',
      'repeated-envelope-field',
      'envelope-order',
      'extra-sibling',
    ]);
  }).timeout(20_000);
});
