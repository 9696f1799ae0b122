import { expect } from 'chai';
import fc from 'fast-check';
import { encodeText } from '../../src/wire/encoding.ts';
import { Framer, isIncomplete } from '../../src/wire/framer.ts';
import type { FramerOptions } from '../../src/wire/framer.ts';
import type { Encoding, Frame } from '../../src/wire/types.ts';
import { ENCODINGS } from '../../src/wire/types.ts';
import { decodeText } from '../../src/wire/encoding.ts';

const BEAT = '<mos><mosID>a</mosID><ncsID>b</ncsID><heartbeat><time>t</time></heartbeat></mos>';

function feed(pieces: readonly Buffer[], options?: FramerOptions): Frame[] {
  const framer = new Framer(options);
  return [...pieces.flatMap((piece) => framer.push(piece)), ...framer.end()];
}

function cut(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    bytes.subarray(n * size, (n + 1) * size),
  );
}

function texts(frames: readonly Frame[]): string[] {
  return frames.map((frame) => decodeText(frame.bytes, frame.encoding));
}

function ids(frame: Frame | undefined): string[] {
  return frame?.findings.map(({ id }) => id) ?? ['no frame'];
}

/** Frames one text in one encoding, declared as such. */
function frame(text: string, encoding: Encoding = 'ucs-2be'): Frame[] {
  return feed([encodeText(text, encoding)], { expect: encoding });
}

describe('Framer', () => {
  it('cuts at the end tag of the root, in the bytes as they came', () => {
    const bytes = Buffer.from('003C006D006F0073002F003E', 'hex');
    const [only, ...others] = feed([bytes]);
    expect(others).to.deep.equal([]);
    expect(only).to.deep.equal({ bytes, encoding: 'ucs-2be', findings: [] });
  });

  it('takes a split at every byte offset, and byte by byte', () => {
    const bytes = encodeText(BEAT.replace('>t<', '>é漢😀<'), 'ucs-2be');
    for (let at = 0; at <= bytes.length; at++) {
      expect(feed([bytes.subarray(0, at), bytes.subarray(at)]).map((one) => one.bytes)).to.deep.equal([
        bytes,
      ]);
    }
    expect(feed(cut(bytes, 1)).map((one) => one.bytes)).to.deep.equal([bytes]);
  });

  it('delivers a message with its last byte', () => {
    const bytes = encodeText(BEAT, 'ucs-2be');
    const framer = new Framer();
    expect(framer.push(bytes.subarray(0, -1))).to.deep.equal([]);
    expect(framer.pendingBytes).to.equal(bytes.length - 1);
    expect(framer.push(bytes.subarray(-1))).to.have.length(1);
    expect(framer.pendingBytes).to.equal(0);
  });

  it('takes several messages from one chunk, with white space between and none', () => {
    const frames = frame(`\r\n\t ${BEAT}${BEAT} \r\n${BEAT}\r\n`);
    expect(texts(frames)).to.deep.equal([BEAT, BEAT, BEAT]);
    expect(frames.flatMap(ids)).to.deep.equal([]);
  });

  for (const [what, text] of Object.entries({
    'a nested document in a payload': `<mos><mosObj><mosPayload>${BEAT}<mos/></mosPayload></mosObj></mos>`,
    'an empty root': '<mos/>',
    'an empty root with blanks and attributes': '<mos a="/" b=\'>\' />',
    'attributes that hold a bracket': '<mos version="a>b"><x y=\'/>\'>1</x></mos>',
    'white space in end tags': '<mos><a></a \n></mos\t>',
    'the end tag in a comment': '<mos><!-- </mos> -- > --><a/></mos>',
    'a comment of dashes': '<mos><!----><!-- - ---></mos>',
    'the end tag in a CDATA section': '<mos><a><![CDATA[</mos>]]]]></a></mos>',
    'the end tag in an instruction': '<mos><?x </mos> ? > ?></mos>',
    'names that begin alike': '<mos><mosID>x</mosID><mosAck></mosAck></mos>',
    'a declaration before the root': '<?xml version="1.0" encoding="UTF-16"?>\n<!-- <mos> --><mos/>',
    'a document type with internal subset':
      '<!DOCTYPE mos [<!ENTITY a "]>\'</mos>"><!-- \' ]> --><?p "]>?><!ELEMENT mos ANY>]><mos>&a;</mos>',
    'malformed content': '<mos><heartbeat><time></heartbeat>&x;<a b></mos>',
    'a broken tag inside': '<mos><ti<time>12</time></mos>',
    'a lone less-than sign': '<mos><a>1 < 2</a></mos>',
    'a long name': `<${'m'.repeat(80)}><${'m'.repeat(79)}n></${'m'.repeat(79)}n></${'m'.repeat(80)}>`,
  })) {
    it(`finds the end behind ${what}`, () => {
      for (const encoding of ENCODINGS) {
        const frames = frame(text + BEAT, encoding);
        expect(texts(frames), encoding).to.deep.equal([text, BEAT]);
        expect(frames.some(isIncomplete)).to.equal(false);
      }
    });
  }

  it('is not misled by an end tag that appears at odd offsets', () => {
    const end = encodeText('</mos>', 'ucs-2be');
    const decoy = Buffer.concat([Buffer.of(0x12), end, Buffer.of(0x34)]);
    const bytes = Buffer.concat([
      encodeText('<mos><a>', 'ucs-2be'),
      decoy,
      encodeText('</a></mos>', 'ucs-2be'),
    ]);
    expect(feed(cut(bytes, 3)).map((one) => one.bytes)).to.deep.equal([bytes]);
  });

  it('detects the encoding of every message anew', () => {
    const written = ENCODINGS.flatMap((one) => ENCODINGS.flatMap((other) => [one, other]));
    const frames = feed(cut(Buffer.concat(written.map((encoding) => encodeText(BEAT, encoding))), 7));
    expect(texts(frames)).to.deep.equal(written.map(() => BEAT));
  });

  it('reports what MOS does not allow, each deviation on its own', () => {
    const only = (encoding: Encoding, text: string, bom = false): string[] =>
      ids(feed([encodeText(text, encoding, { bom })])[0]);
    expect(only('ucs-2be', BEAT)).to.deep.equal([]);
    expect(only('ucs-2be', BEAT, true)).to.deep.equal(['byte-order-mark']);
    expect(only('ucs-2le', BEAT)).to.deep.equal(['little-endian']);
    expect(only('ucs-2le', BEAT, true)).to.deep.equal(['little-endian', 'byte-order-mark']);
    expect(only('utf-8', BEAT)).to.deep.equal(['utf-8']);
    expect(only('utf-8', BEAT, true)).to.deep.equal(['utf-8', 'byte-order-mark']);
    expect(only('ucs-2be', `<?xml version="1.0"?>${BEAT}`)).to.deep.equal(['xml-declaration']);
    expect(only('utf-8', `HELLO ${BEAT}`, true)).to.deep.equal([
      'utf-8',
      'byte-order-mark',
      'junk-before-message',
    ]);
  });

  it('reports a declared encoding only where it is not kept', () => {
    expect(ids(feed([encodeText(BEAT, 'utf-8')], { expect: 'utf-8' })[0])).to.deep.equal([]);
    expect(ids(feed([encodeText(BEAT, 'ucs-2be')], { expect: 'utf-8' })[0])).to.deep.equal(['big-endian']);
  });

  it('hands over text before a message as junk, in whatever encoding', () => {
    for (const junk of ENCODINGS) {
      for (const message of ENCODINGS) {
        const bytes = Buffer.concat([encodeText('220 welcome\r\n', junk), encodeText(BEAT, message)]);
        for (const size of [1, 5, 1000]) {
          const [first, ...others] = feed(cut(bytes, size), { expect: message });
          expect(others, `${junk} ${message}`).to.deep.equal([]);
          expect(first?.encoding).to.equal(message);
          expect(ids(first), `${junk} ${message}`).to.deep.equal(['junk-before-message']);
          expect(first?.junkBefore).to.equal('220 welcome');
        }
      }
    }
  });

  it('reports stray bytes and finds the next message at any offset', () => {
    const beat = encodeText(BEAT, 'ucs-2be');
    for (const stray of ['00', '0A', '0000', '000000', '0A0D0A']) {
      const bytes = Buffer.concat([beat, Buffer.from(stray, 'hex'), beat]);
      for (const size of [1, 1000]) {
        const frames = feed(cut(bytes, size));
        expect(texts(frames), stray).to.deep.equal([BEAT, BEAT]);
        expect(ids(frames[1]), stray).to.deep.equal(['stray-byte']);
      }
    }
    const terminated = encodeText(`${BEAT}\0`, 'utf-8');
    expect(texts(feed([terminated, terminated], { expect: 'utf-8' }))).to.deep.equal([BEAT, BEAT]);
  });

  it('takes end tags and text between a declaration and a root for junk', () => {
    const [first] = frame(`</mos></x><?xml version="1.0"?>oops${BEAT}`);
    expect(texts([first as Frame])).to.deep.equal([BEAT]);
    expect(first?.junkBefore).to.match(/<\/mos>.*oops$/);
  });

  it('delivers an element that is no message when it closes', () => {
    const framer = new Framer({ expect: 'utf-8' });
    const answer = 'HTTP/1.1 400 Bad Request\r\n\r\n<html><body><br>no</body></html>';
    const [html] = framer.push(Buffer.from(answer));
    expect(html?.junkBefore).to.equal('HTTP/1.1 400 Bad Request');
    expect(texts([html as Frame])).to.deep.equal(['<html><body><br>no</body></html>']);
    expect(texts(framer.push(Buffer.from('<heartbeat/>')))).to.deep.equal(['<heartbeat/>']);
  });

  it('delivers text without markup at the end, and shows it before', () => {
    for (const encoding of ENCODINGS) {
      const framer = new Framer();
      expect(framer.push(encodeText('500 what do you want', encoding))).to.deep.equal([]);
      expect(framer.pendingText).to.equal('500 what do you want');
      const [junk] = framer.end();
      expect(ids(junk)).to.deep.equal(['no-markup']);
      expect(junk?.encoding).to.equal(encoding);
      expect(framer.pendingBytes).to.equal(0);
    }
  });

  it('delivers what remains at the end as cut off, white space excepted', () => {
    const bytes = encodeText(BEAT, 'ucs-2be');
    for (let length = 4; length < bytes.length; length++) {
      const [rest, ...others] = feed([bytes.subarray(0, length)]);
      expect(others).to.deep.equal([]);
      expect(rest?.bytes).to.deep.equal(bytes.subarray(0, length));
      expect(ids(rest), `${length} bytes`).to.deep.equal(['cut-off']);
    }
    expect(frame(`${BEAT} \r\n`)).to.have.length(1);
    expect(frame(' \r\n')).to.deep.equal([]);
    expect(frame('')).to.deep.equal([]);
  });

  it('gives up a message where the next one starts', () => {
    for (const part of [
      '<mos>',
      '<mos><heartbeat><time>12',
      '<mos><heartbeat><ti',
      '<mos><a/></a></b>',
      '<html><br>',
    ]) {
      const frames = frame(part + BEAT);
      expect(texts(frames)).to.deep.equal([part, BEAT]);
      expect(frames.map(ids)).to.deep.equal([['cut-off'], []]);
    }
  });

  it('cuts a message that is too long and goes on with the next', () => {
    const long = `<mos><a>${'x'.repeat(3000)}</a></mos>`;
    for (const size of [1, 999, 100_000]) {
      const frames = feed(cut(encodeText(BEAT + long + BEAT, 'ucs-2be'), size), { maxBytes: 1000 });
      expect(frames.map(ids)).to.deep.equal([[], ['too-long'], []]);
      expect(frames.map((one) => one.bytes.length)).to.deep.equal([160, 1000, 160]);
    }
  });

  it('reports an endless message before it ends and holds no more than its limit', () => {
    const framer = new Framer({ maxBytes: 1_000_000 });
    const filler = encodeText('x'.repeat(50_000), 'ucs-2be');
    const frames = [...framer.push(encodeText('<mos><a>', 'ucs-2be'))];
    for (let n = 0; n < 100; n++) frames.push(...framer.push(filler));
    expect(frames.map(ids)).to.deep.equal([['too-long']]);
    expect(framer.pendingBytes).to.equal(16 + 100 * 100_000);
    expect(texts(framer.push(encodeText(BEAT, 'ucs-2be')))).to.deep.equal([BEAT]);
    expect(framer.end()).to.deep.equal([]);
  });

  it('bounds text that is no message', () => {
    const framer = new Framer({ expect: 'utf-8' });
    for (let n = 0; n < 100; n++) expect(framer.push(Buffer.alloc(50_001, 'junk '))).to.deep.equal([]);
    expect(framer.pendingBytes).to.equal(5_000_100);
    const [found] = framer.push(Buffer.from(BEAT));
    expect(texts([found as Frame])).to.deep.equal([BEAT]);
    expect(found?.junkBefore?.length).to.be.below(200_000);
  });

  it('does not keep the buffers it was given', () => {
    const bytes = encodeText(BEAT, 'ucs-2be');
    const chunk = Buffer.from(bytes);
    const framer = new Framer();
    framer.push(chunk.subarray(0, 31));
    const rest = Buffer.from(chunk.subarray(31));
    chunk.fill(0);
    const [only] = framer.push(rest);
    rest.fill(0);
    expect(only?.bytes).to.deep.equal(bytes);
  });

  it('costs the same per byte for a message that drips in', () => {
    const time = (length: number): number => {
      const framer = new Framer();
      framer.push(encodeText('<mos><a>', 'ucs-2be'));
      const byte = Buffer.of(0);
      const from = process.cpuUsage();
      for (let n = 0; n < length; n++) framer.push(byte);
      return process.cpuUsage(from).user / length;
    };
    time(100_000);
    expect(time(2_000_000)).to.be.below(10 * Math.max(0.05, time(100_000)));
  });

  it('gives the same frames for every way of cutting the stream', () => {
    const name = fc.constantFrom('mos', 'mosObj', 'heartbeat', 'html');
    const content = fc.constantFrom(
      '',
      '<a b=">"/>',
      '<!-- </mos> -->',
      'é漢😀',
      '<![CDATA[</mos>]]>',
      '<mosPayload><mos/></mosPayload>',
    );
    const message = fc.tuple(name, content).map(([root, inside]) => `<${root}>${inside}</${root}>`);
    const between = fc.constantFrom('', ' ', '\r\n', 'junk', '<?xml version="1.0"?>', '<mos><cut>', '\0');
    const piece = fc.record({ between, message, encoding: fc.constantFrom(...ENCODINGS), bom: fc.boolean() });
    const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 30 });
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 5 }),
        cuts,
        fc.constantFrom(40, 1e6),
        (pieces, at, maxBytes) => {
          const bytes = Buffer.concat(
            pieces.map((one) => encodeText(one.between + one.message, one.encoding, { bom: one.bom })),
          );
          const whole = feed([bytes], { maxBytes });
          const places = [
            0,
            ...at.filter((offset) => offset < bytes.length).sort((a, b) => a - b),
            bytes.length,
          ];
          const parts = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
          expect(feed(parts, { maxBytes })).to.deep.equal(whole);
          expect(feed(cut(bytes, 1), { maxBytes })).to.deep.equal(whole);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (chunks) => {
        const bytes = chunks.map((chunk) => Buffer.from(chunk));
        expect(feed(bytes)).to.deep.equal(feed([Buffer.concat(bytes)]));
      }),
    );
  });
});
