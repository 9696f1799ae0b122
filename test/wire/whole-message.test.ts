import { expect } from 'chai';
import { encodeMessage } from '../../src/wire/encode.ts';
import { encodeText } from '../../src/wire/encoding.ts';
import { heartbeat } from '../../src/wire/messages.ts';
import { ENCODINGS } from '../../src/wire/types.ts';
import { WholeMessages } from '../../src/wire/whole-message.ts';

describe('a message that came whole', () => {
  for (const encoding of ENCODINGS) {
    const messages = new WholeMessages(encoding);
    const body = heartbeat('2026-01-01T00:00:00');
    const of = (messageID: number | string, form = {}): Buffer =>
      encodeMessage({ mosID: 'a.mos', ncsID: 'b.ncs', messageID, body }, encoding, form);
    const text = (xml: string): number | undefined => messages.messageNumber(encodeText(xml, encoding));

    it(`in ${encoding} shows its messageID`, () => {
      for (const id of [1, 42, 2_147_483_647]) expect(messages.messageNumber(of(id))).to.equal(id);
    });

    it(`in ${encoding} shows nothing where it has to be framed or decoded`, () => {
      expect(messages.messageNumber(of('0x1A'))).to.equal(undefined);
      expect(messages.messageNumber(of(12_345_678_901))).to.equal(undefined);
      expect(messages.messageNumber(of(' 7 '))).to.equal(undefined);
      expect(messages.messageNumber(of(7, { after: '\r\n' }))).to.equal(undefined);
      expect(messages.messageNumber(of(7, { before: ' ' }))).to.equal(undefined);
      expect(messages.messageNumber(of(7, { rootAttributes: true }))).to.equal(undefined);
      expect(messages.messageNumber(of(7).subarray(0, -1))).to.equal(undefined);
      expect(messages.messageNumber(Buffer.concat([of(7), of(8)]))).to.equal(undefined);
      expect(messages.messageNumber(Buffer.alloc(0))).to.equal(undefined);
    });

    it(`in ${encoding} is not taken for one where its tags mean something else`, () => {
      expect(text('<mos><!-- <messageID>7</messageID> --></mos>')).to.equal(undefined);
      expect(text('<mos><mos><messageID>7</messageID></mos>')).to.equal(undefined);
      expect(text('<mos><messageID></messageID></mos>')).to.equal(undefined);
      expect(text('<mos></mos>')).to.equal(undefined);
    });
  }

  it('in another encoding than the one expected shows nothing', () => {
    const bytes = encodeText('<mos><messageID>7</messageID></mos>', 'ucs-2le');
    expect(new WholeMessages('ucs-2be').messageNumber(bytes)).to.equal(undefined);
  });
});
