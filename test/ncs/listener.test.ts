import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { History } from '../../src/history/history.ts';
import { Listener } from '../../src/ncs/listener.ts';
import { Newsroom, type NewsroomOptions } from '../../src/ncs/newsroom.ts';
import { ownPort } from '../../src/ncs/own-port.ts';
import { decodeFrame } from '../../src/wire/decode.ts';
import { encodeMessage } from '../../src/wire/encode.ts';
import { Framer } from '../../src/wire/framer.ts';
import { heartbeat, mosAck, reqMachInfo } from '../../src/wire/messages.ts';
import type { DecodedMessage, MosElement } from '../../src/wire/types.ts';
import { childText, element } from '../../src/wire/xml.ts';
import { eventually } from '../observe/support.ts';

const IDENTITY = { mosId: 'device.mos', ncsId: 'news.ncs', revision: '2.8.5' };

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** A device that dials. */
class Caller {
  readonly socket: net.Socket;
  readonly received: DecodedMessage[] = [];
  ended: string | undefined;

  constructor(port: number, localAddress?: string) {
    const framer = new Framer();
    this.socket = net.connect({
      port,
      host: '127.0.0.1',
      allowHalfOpen: true,
      ...(localAddress && { localAddress }),
    });
    this.socket.on('data', (chunk) => this.received.push(...framer.push(chunk).map(decodeFrame)));
    this.socket.on('end', () => (this.ended = 'FIN'));
    this.socket.on('error', (error: NodeJS.ErrnoException) => (this.ended = error.code ?? 'error'));
  }

  say(body: MosElement, messageID: number): void {
    const { mosId: mosID, ncsId: ncsID } = IDENTITY;
    this.socket.write(encodeMessage({ mosID, ncsID, messageID, body }, 'ucs-2be'));
  }

  answerTo(messageID: number): Promise<DecodedMessage> {
    return eventually(`an answer to ${messageID}`, () =>
      this.received.find((message) => message.messageNumber === messageID),
    );
  }
}

describe('a listener of the NCS', () => {
  let listener: Listener;
  let callers: Caller[] = [];

  beforeEach(async () => {
    const port = (await ownPort())!;
    const device = '127.0.0.1';
    const opened = await Listener.open({
      portName: 'lower',
      port,
      device,
      encoding: 'ucs-2be',
      identity: IDENTITY,
    });
    if ('problem' in opened) throw new Error(opened.problem);
    listener = opened;
  });

  afterEach(() => {
    for (const { socket } of callers) socket.destroy();
    callers = [];
    listener.close();
  });

  function call(): Caller {
    const caller = new Caller(listener.port);
    callers.push(caller);
    return caller;
  }

  async function lent(): Promise<{ caller: Caller; history: History; call: Listener['calls'][number] }> {
    const caller = call();
    await eventually('the call', () => listener.calls.length > 0);
    const history = new History();
    listener.calls[0]!.lend(history);
    return { caller, history, call: listener.calls[0]! };
  }

  it('answers heartbeat, reqMachInfo and objects by itself, each under the messageID of the request', async () => {
    const device = call();
    device.say(heartbeat(), 11);
    device.say(reqMachInfo(), 12);
    device.say(element('mosObj', [element('objID', 'clip 1')]), 13);
    device.say(element('roElementStat', [element('roID', 'ro 1')]), 14);
    expect((await device.answerTo(11)).name).to.equal('heartbeat');
    const machine = await device.answerTo(12);
    expect(childText(machine.body!, 'ID')).to.equal('news.ncs');
    expect(machine).to.include({ name: 'listMachInfo', mosID: 'device.mos', ncsID: 'news.ncs' });
    const ack = await device.answerTo(13);
    expect([childText(ack.body!, 'objID'), childText(ack.body!, 'status')]).to.deep.equal(['clip 1', 'ACK']);
    const roAck = await device.answerTo(14);
    expect([roAck.name, childText(roAck.body!, 'roID')]).to.deep.equal(['roAck', 'ro 1']);
    expect(listener.count).to.equal(1);
  });

  it('never answers an answer', async () => {
    const device = call();
    device.say(mosAck({ status: 'ACK' }), 5);
    device.say(heartbeat(), 6);
    await device.answerTo(6);
    expect(device.received.map(({ messageNumber }) => messageNumber)).to.deep.equal([6]);
  });

  it('answers in the encoding of the request', async () => {
    const device = call();
    const body = heartbeat();
    device.socket.write(
      encodeMessage({ mosID: 'device.mos', ncsID: 'news.ncs', messageID: 3, body }, 'utf-8'),
    );
    expect((await device.answerTo(3)).encoding).to.equal('utf-8');
  });

  it('closes its end when the device closes, and forgets the call', async () => {
    const device = call();
    await eventually('the call', () => listener.calls.length === 1);
    device.socket.end();
    await eventually('its FIN', () => device.ended === 'FIN');
    await eventually('an empty list', () => listener.calls.length === 0);
    expect(listener.count).to.equal(1);
  });

  it('lends a call to a test, with everything that happens on it from then on', async () => {
    const { caller, history, call } = await lent();
    caller.say(heartbeat(), 21);
    await caller.answerTo(21);
    const kinds = history.of(call.connection.name).map(({ kind }) => kind);
    expect(kinds[0]).to.equal('event');
    expect(kinds.filter((kind) => kind === 'message')).to.have.length(2);
    listener.reset();
    caller.say(heartbeat(), 22);
    await caller.answerTo(22);
    expect(history.of(call.connection.name).filter(({ kind }) => kind === 'message')).to.have.length(2);
    expect(call.isOpen).to.equal(true);
  });

  it('ends what a test has ended, once it comes back', async () => {
    const { caller, call } = await lent();
    call.connection.halfClose();
    await eventually('our FIN', () => caller.ended === 'FIN');
    listener.reset();
    caller.socket.destroy();
    await eventually('an empty list', () => listener.calls.length === 0);
  });

  it('answers otherwise, late or not at all where a test wants it, as often as it says', async () => {
    const device = call();
    listener.answerBy({ to: 'heartbeat', times: 1, answer: () => undefined });
    listener.answerBy({
      to: 'reqMachInfo',
      answer: () => ({ body: mosAck({ status: 'NACK' }), delayMs: 30 }),
    });
    device.say(heartbeat(), 31);
    device.say(heartbeat(), 32);
    device.say(reqMachInfo(), 33);
    expect((await device.answerTo(33)).name).to.equal('mosAck');
    expect((await device.answerTo(32)).name).to.equal('heartbeat');
    expect(device.received.some(({ messageNumber }) => messageNumber === 31)).to.equal(false);
    listener.reset();
    device.say(reqMachInfo(), 34);
    expect((await device.answerTo(34)).name).to.equal('listMachInfo');
  });

  it('turns away whoever does not call from the host of the device', async () => {
    const port = (await ownPort())!;
    const device = '192.0.2.1';
    const strict = await Listener.open({
      portName: 'upper',
      port,
      device,
      encoding: 'ucs-2be',
      identity: IDENTITY,
    });
    if ('problem' in strict) throw new Error(strict.problem);
    const stranger = new Caller(port);
    callers.push(stranger);
    await eventually('the end of the call', () => stranger.ended);
    expect([...strict.strangers]).to.deep.equal(['127.0.0.1']);
    expect([strict.count, strict.calls.length]).to.deep.equal([0, 0]);
    strict.close();
  });

  it('survives junk, a reset and a call too many', async () => {
    const first = call();
    first.socket.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    await eventually('the call', () => listener.calls.length === 1);
    first.socket.resetAndDestroy();
    await eventually('the end of it', () => listener.calls.length === 0);
    const many = Array.from({ length: 40 }, () => call());
    await eventually('the refusals', () => many.filter(({ ended }) => ended !== undefined).length === 8);
    expect(listener.calls).to.have.length(32);
  });
});

describe("the NCS's own ports", () => {
  const newsroomOn = (ports: NewsroomOptions['ports']): Promise<Newsroom> =>
    Newsroom.open({ ports, device: '127.0.0.1', encoding: 'ucs-2be', identity: IDENTITY });

  it('say which of them cannot be had, and why', async () => {
    const [lower, upper] = [(await ownPort())!, (await ownPort())!];
    const other = net.createServer();
    await new Promise<void>((resolve) => other.listen(lower, resolve));
    const newsroom = await newsroomOn({ lower, upper });
    expect(newsroom.problems.get('lower')).to.contain(`lower port ${lower} is taken`);
    expect(newsroom.listener('upper')?.port).to.equal(upper);
    await newsroom.untilCalled(20, new AbortController().signal);
    expect(newsroom.called).to.deep.equal([]);
    const device = new Caller(upper);
    await newsroom.untilCalled(2_000, new AbortController().signal);
    expect(newsroom.called).to.deep.equal(['upper']);
    device.socket.destroy();
    newsroom.close();
    other.close();
  });

  it('stop waiting when their time is over, whatever was collected as garbage meanwhile', async () => {
    const port = (await ownPort())!;
    const newsroom = await newsroomOn({ upper: port });
    const collecting = setInterval(collectGarbage, 5);
    try {
      await newsroom.untilCalled(100, new AbortController().signal);
    } finally {
      clearInterval(collecting);
      newsroom.close();
    }
    expect(newsroom.called).to.deep.equal([]);
  });

  it('stop waiting when they are told to', async () => {
    const port = (await ownPort())!;
    const newsroom = await newsroomOn({ upper: port });
    const telling = new AbortController();
    const waiting = newsroom.untilCalled(3_600_000, telling.signal);
    telling.abort();
    await waiting;
    await newsroom.untilCalled(3_600_000, telling.signal);
    newsroom.close();
    expect(newsroom.called).to.deep.equal([]);
  });

  it('do not keep the process for a wait that nobody awaits any more', async () => {
    const port = (await ownPort())!;
    const program = `
      const { Newsroom } = await import('./src/ncs/newsroom.ts');
      const identity = ${JSON.stringify(IDENTITY)};
      const ports = { upper: ${port} };
      const newsroom = await Newsroom.open({ ports, device: '127.0.0.1', encoding: 'ucs-2be', identity });
      void newsroom.untilCalled(3_600_000, new AbortController().signal);
      newsroom.close();`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import=tsx', '--input-type=module', '-e', program],
      {
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        encoding: 'utf8',
        timeout: 20_000,
      },
    );
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
  }).timeout(30_000);
});
