import { expect } from 'chai';
import { RequestLedger, type Request } from '../../src/ncs/requests.ts';
import type { DecodedMessage } from '../../src/wire/types.ts';

function request(name: string, messageNumber?: number): Request {
  return {
    label: name,
    name,
    sentUs: 0,
    answers: [],
    ...(messageNumber !== undefined && { messageNumber }),
  };
}

function reply(name: string, messageNumber?: number): DecodedMessage {
  return {
    name,
    text: '',
    bytes: 0,
    encoding: 'ucs-2be',
    findings: [],
    ...(messageNumber !== undefined && { messageNumber }),
  };
}

describe('the ledger of requests', () => {
  const asked = (...requests: Request[]): RequestLedger => {
    const ledger = new RequestLedger();
    for (const one of requests) ledger.add(one);
    return ledger;
  };

  it('finds a request by its messageID, whatever is older', () => {
    const [first, second] = [request('heartbeat', 1), request('reqMachInfo', 2)];
    expect(asked(first, second).settle({ message: reply('listMachInfo', 2), us: 0 })).to.equal(second);
  });

  it('gives a second answer to the request that it repeats', () => {
    const first = request('heartbeat', 1);
    const ledger = asked(first);
    ledger.settle({ message: reply('heartbeat', 1), us: 0 });
    expect(ledger.settle({ message: reply('heartbeat', 1), us: 1 })).to.equal(first);
    expect(first.answers).to.have.length(2);
  });

  it('gives a reply that is numbered one behind to the request that waits', () => {
    const ledger = asked();
    const requests = [1, 2, 3].map((number) => request('heartbeat', number));
    for (const [index, one] of requests.entries()) {
      ledger.add(one);
      expect(ledger.settle({ message: reply('heartbeat', index), us: index })).to.equal(one);
    }
    expect(requests.map(({ answers }) => answers.length)).to.deep.equal([1, 1, 1]);
  });

  it('gives a refusal that is numbered one behind to the request that waits', () => {
    const [first, second] = [request('roReq', 1), request('roReq', 2)];
    const ledger = asked(first, second);
    ledger.settle({ message: reply('roAck', 1), us: 0 });
    expect(ledger.settle({ message: reply('roAck', 1), us: 1 })).to.equal(second);
  });

  it('counts a reply that comes twice as one answer too many, whatever waits meanwhile', () => {
    const [first, second] = [request('heartbeat', 1), request('heartbeat', 2)];
    const ledger = asked(first, second);
    for (const [us, number] of [1, 1, 2].entries())
      ledger.settle({ message: reply('heartbeat', number), us });
    expect(first.answers).to.have.length(1);
    expect(second.answers.map(({ message }) => message.messageNumber)).to.deep.equal([1, 2]);
  });

  it('leaves what waits for another message alone where a reply comes twice', () => {
    const [beat, machine] = [request('heartbeat', 1), request('reqMachInfo', 2)];
    const ledger = asked(beat, machine);
    for (const us of [0, 1]) ledger.settle({ message: reply('heartbeat', 1), us });
    expect([beat, machine].map(({ answers }) => answers.length)).to.deep.equal([2, 0]);
  });

  it('gives the reply to a retry, and a second one to what was sent first', () => {
    const [first, again] = [request('reqMachInfo', 7), request('reqMachInfo', 7)];
    const ledger = asked(first, again);
    const settled = [0, 1, 2].map((us) => ledger.settle({ message: reply('listMachInfo', 7), us }));
    expect(settled).to.have.ordered.members([again, first, again]);
  });

  it('finds the request that waits for such an answer where the messageID is missing or another', () => {
    for (const number of [undefined, 700]) {
      const [unknown, beat] = [request('x-unknown', 1), request('heartbeat', 2)];
      expect(asked(unknown, beat).settle({ message: reply('heartbeat', number), us: 0 })).to.equal(beat);
    }
  });

  it('takes a refusal for the answer to the oldest request', () => {
    const [unknown, beat] = [request('x-unknown', 1), request('heartbeat', 2)];
    expect(asked(unknown, beat).settle({ message: reply('mosAck'), us: 0 })).to.equal(unknown);
  });

  it('takes no request of the device for an answer to one of ours', () => {
    const beat = request('heartbeat', 2);
    expect(asked(beat).settle({ message: reply('roReq', 900), us: 0 })).to.equal(undefined);
    expect(beat.answers).to.deep.equal([]);
  });

  it('takes what comes for the answer to bytes of which it knows nothing', () => {
    const raw = request('raw');
    expect(asked(raw).settle({ message: reply('heartbeat', 5), us: 0 })).to.equal(raw);
  });
});
