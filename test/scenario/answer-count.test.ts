import { expect } from 'chai';
import type { Connection } from '../../src/ncs/connection.ts';
import type { Received, Request } from '../../src/ncs/requests.ts';
import { cameOn } from '../../src/scenario/steps/answer-count.ts';

/** When the request went out that nothing answered on its own connection. */
const SENT_US = 1_000;

function request(name: string, messageNumber?: number): Request {
  return {
    label: name,
    name,
    sentUs: SENT_US,
    answers: [],
    ...(messageNumber !== undefined && { messageNumber }),
  };
}

function came(name: string, how: { number?: number; us?: number; answers?: Request } = {}): Received {
  const { number, us = SENT_US + 1, answers } = how;
  const message = { name, text: '', bytes: 0, encoding: 'ucs-2be' as const, findings: [] };
  return {
    message: { ...message, ...(number !== undefined && { messageNumber: number }) },
    us,
    ...(answers && { request: answers }),
  };
}

/** What is said of a request on a connection that is silent, where an older one received this. */
function told(asked: Request, received: Received, where: 'older' | 'newer' = 'older'): string | undefined {
  const other = { name: 'other', received: [received] } as unknown as Connection;
  const connection = { name: 'ncs', received: [] } as unknown as Connection;
  const connections = where === 'older' ? [other, connection] : [connection, other];
  return cameOn({ connections }, { connection, request: asked })?.code;
}

describe('an answer on another connection', () => {
  it('is known by the messageID of the request, on an older connection or a newer one', () => {
    expect(told(request('heartbeat', 5), came('heartbeat', { number: 5 }))).to.equal('answered-on-older');
    expect(told(request('heartbeat', 5), came('heartbeat', { number: 5 }), 'newer')).to.equal(
      'answered-on-newer',
    );
  });

  it('is known by its messageID where another request waited there and took it', () => {
    const there = request('heartbeat', 4);
    expect(told(request('heartbeat', 5), came('heartbeat', { number: 5, answers: there }))).to.equal(
      'answered-on-older',
    );
  });

  it('may lack the messageID where a device sends such a message as an answer only', () => {
    expect(told(request('reqMachInfo', 5), came('listMachInfo'))).to.equal('answered-on-older');
    expect(told(request('reqMachInfo'), came('listMachInfo'))).to.equal('answered-on-older');
  });

  for (const [what, asked, received] of [
    ['a heartbeat without messageID', request('heartbeat', 5), came('heartbeat')],
    ['a heartbeat of a device whose revision knows no messageID', request('heartbeat'), came('heartbeat')],
    [
      'a heartbeat of the device with a messageID of its own',
      request('heartbeat', 5),
      came('heartbeat', { number: 900 }),
    ],
    [
      'what came before the request was sent',
      request('heartbeat', 5),
      came('heartbeat', { number: 5, us: SENT_US - 1 }),
    ],
    [
      'the answer to another request',
      request('reqMachInfo'),
      came('listMachInfo', { answers: request('reqMachInfo') }),
    ],
    [
      'the answer to the same message, sent there as well',
      request('heartbeat', 5),
      came('heartbeat', { number: 5, answers: request('heartbeat', 5) }),
    ],
    ['another message', request('heartbeat', 5), came('listMachInfo', { number: 5 })],
  ] as const) {
    it(`is not ${what}`, () => {
      expect(told(asked, received)).to.equal(undefined);
    });
  }
});
