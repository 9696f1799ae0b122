import { expect } from 'chai';
import { device, dial, endAll, HEARTBEAT, mos, never, ucs2, until } from './client.ts';
import { closeNewsrooms, idOf, type Newsroom, newsroom } from './newsroom.ts';

const ACK = '<mosAck><objID>0</objID><objRev>0</objRev><status>ACK</status><statusDescription/></mosAck>';

describe('a device that dials out', () => {
  afterEach(endAll);
  afterEach(closeNewsrooms);

  /** Answers the last message of a connection. */
  function answer(ncs: Newsroom, index: number, body: string): void {
    ncs.sockets[index]?.write(ucs2(mos(body, { messageID: idOf(ncs.messages(index).at(-1)) })));
  }

  it('sends a heartbeat, waits for the answer, then asks who the newsroom is', async () => {
    const ncs = await newsroom();
    await device({ ncs: { host: '127.0.0.1', lower: ncs.port } });
    await until('its heartbeat', () => ncs.messages(0).length === 1);
    expect(ncs.messages(0)[0]).to.contain('<heartbeat><time>');
    await never('a second request', () => ncs.messages(0).length > 1);
    answer(ncs, 0, HEARTBEAT);
    await until('reqMachInfo', () => ncs.messages(0).length === 2);
    expect(ncs.messages(0)[1]).to.contain('<reqMachInfo/>');
    expect(Number(idOf(ncs.messages(0)[1]))).to.equal(Number(idOf(ncs.messages(0)[0])) + 1);
    answer(ncs, 0, '<listMachInfo><manufacturer/></listMachInfo>');
    await never('an answer to the answer', () => ncs.messages(0).length > 2);
  });

  it('opens both lanes, each with requests of its own', async () => {
    const [lower, upper] = [await newsroom(), await newsroom()];
    await device({ ncs: { host: '127.0.0.1', lower: lower.port, upper: upper.port } });
    await until('both calls', () => lower.messages(0).length === 1 && upper.messages(0).length === 1);
    expect(idOf(lower.messages(0)[0])).to.not.equal(idOf(upper.messages(0)[0]));
  });

  it('repeats an unanswered request with the same messageID on a new connection', async () => {
    const ncs = await newsroom();
    await device({ ncs: { host: '127.0.0.1', lower: ncs.port, answerTime: 100, redialAfter: 20 } });
    await until('the repetition', () => ncs.messages(1).length === 1);
    expect(idOf(ncs.messages(1)[0])).to.equal(idOf(ncs.messages(0)[0]));
  });

  it('dials again after its connection was closed or reset, and goes on with heartbeats', async () => {
    const ncs = await newsroom();
    await device({ ncs: { host: '127.0.0.1', lower: ncs.port, redialAfter: 20, heartbeatEvery: 100 } });
    await until('the call', () => ncs.messages(0).length === 1);
    ncs.sockets[0]?.end();
    await until('the second call', () => ncs.messages(1).length === 1);
    ncs.sockets[1]?.resetAndDestroy();
    await until('the third call', () => ncs.messages(2).length === 1);
    answer(ncs, 2, HEARTBEAT);
    await until('reqMachInfo', () => ncs.messages(2).length === 2);
    answer(ncs, 2, '<listMachInfo/>');
    await until('the next heartbeat', () => ncs.messages(2).length === 3);
    expect(ncs.messages(2)[2]).to.contain('<heartbeat>');
  });

  it('answers requests on the connection that it opened', async () => {
    const ncs = await newsroom();
    await device({ ncs: { host: '127.0.0.1', lower: ncs.port } });
    await until('its heartbeat', () => ncs.messages(0).length === 1);
    ncs.sockets[0]?.write(ucs2(mos(HEARTBEAT, { messageID: '5' })));
    await until('the answer', () => ncs.messages(0).length === 2);
    expect(idOf(ncs.messages(0)[1])).to.equal('5');
  });

  it('lists its objects after mosReqAll, at once or one by one', async () => {
    const ncs = await newsroom();
    const called = await device({ ncs: { host: '127.0.0.1', lower: ncs.port } });
    await until('its heartbeat', () => ncs.messages(0).length === 1);
    answer(ncs, 0, HEARTBEAT);
    await until('reqMachInfo', () => ncs.messages(0).length === 2);
    answer(ncs, 0, '<listMachInfo/>');
    const client = await dial(called);
    expect(await client.ask('<mosReqAll><pause>0</pause></mosReqAll>')).to.contain('<status>ACK</status>');
    await until('mosListAll', () => ncs.messages(0).length === 3);
    expect(ncs.messages(0)[2]?.match(/<mosObj>/g)).to.have.length(3);
    answer(ncs, 0, ACK);
    expect(await client.ask('<mosReqAll><pause>0x1</pause></mosReqAll>')).to.contain('<status>ACK</status>');
    for (let count = 4; count <= 6; count++) {
      await until(`mosObj ${count - 3}`, () => ncs.messages(0).length === count);
      expect(ncs.messages(0)[count - 1]).to.match(/<messageID>\d+<\/messageID><mosObj><objID>/);
      answer(ncs, 0, ACK);
    }
  }).timeout(10_000);
});
