import { expect } from 'chai';
import { Requests, type RequestSeries } from '../../../src/ncs/churn/requests.ts';
import { decodeFrame } from '../../../src/wire/decode.ts';
import { encodeMessage } from '../../../src/wire/encode.ts';
import { Framer } from '../../../src/wire/framer.ts';
import { heartbeat } from '../../../src/wire/messages.ts';
import type { Encoding } from '../../../src/wire/types.ts';

function seriesFrom(messageNumber: number | undefined, encoding: Encoding): RequestSeries {
  const id = messageNumber === undefined ? {} : { messageID: messageNumber };
  const body = heartbeat('2026-01-01T00:00:00');
  const bytes = encodeMessage({ mosID: 'a.mos', ncsID: 'b.ncs', body, ...id }, encoding);
  return { name: 'heartbeat', messageNumber, bytes, encoding };
}

describe('the requests of a churn', () => {
  it('are one message whose messageID counts on, and grows or wraps where it has to', () => {
    for (const encoding of ['ucs-2be', 'utf-8'] as const) {
      for (const [first, second] of [
        [9, 10],
        [2_147_483_647, 1],
      ]) {
        const requests = new Requests(seriesFrom(first, encoding));
        const numbers = [requests.next(), requests.next()].map(({ bytes, messageNumber }) => {
          const [frame] = new Framer({ expect: encoding }).push(bytes);
          expect(frame && decodeFrame(frame).messageNumber).to.equal(messageNumber);
          expect(frame && decodeFrame(frame).mosID).to.equal('a.mos');
          return messageNumber;
        });
        expect(numbers).to.deep.equal([first, second]);
      }
    }
  });

  it('are the same message again and again where there is no messageID', () => {
    const series = seriesFrom(undefined, 'ucs-2be');
    const requests = new Requests(series);
    for (const ask of [requests.next(), requests.next()]) {
      expect(ask.messageNumber).to.equal(undefined);
      expect(ask.bytes.equals(series.bytes)).to.equal(true);
    }
  });
});
