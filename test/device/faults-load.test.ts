import { expect } from 'chai';
import { isUnavailable } from '../../src/native/koffi.ts';
import { descriptorOf } from '../../src/native/descriptor.ts';
import { openLibc } from '../../src/native/libc.ts';
import {
  type Client,
  crowd,
  dial,
  endAll,
  faulty,
  HEARTBEAT,
  mos,
  never,
  serves,
  ucs2,
  until,
} from './client.ts';

describe('faults under load and after disturbances', () => {
  afterEach(endAll);

  it('leak-above-32 leaks only what was opened above the limit', async () => {
    const faultyDevice = await faulty('leak-above-32=3');
    const clients = await crowd(faultyDevice, 4);
    for (const client of clients) await client.heartbeat();
    for (const client of clients) client.halfClose();
    await until('three releases', () => clients.filter(({ closed }) => closed).length === 3);
    await never('the fourth', () => clients.every(({ closed }) => closed));
    await serves(faultyDevice);
  });

  it('leak-after-reset leaks on the port that was reset', async () => {
    const faultyDevice = await faulty('leak-after-reset');
    await serves(faultyDevice);
    (await dial(faultyDevice)).abort();
    await until('the reset', () => faultyDevice.statistics().resets === 1);
    await (await dial(faultyDevice)).leaks();
    await serves(faultyDevice, 'upper');
  });

  it('stale-session-refuses closes a second connection while the first is open', async () => {
    const faultyDevice = await faulty('stale-session-refuses');
    const first = await dial(faultyDevice);
    await first.heartbeat();
    const second = await dial(faultyDevice);
    await until('the refusal', () => second.fin || second.reset);
    await serves(faultyDevice, 'upper');
    await first.release();
    for (let cycle = 0; cycle < 20; cycle++) await serves(faultyDevice);
  });

  it('refuses-recall refuses for its time and then serves', async () => {
    const faultyDevice = await faulty('refuses-recall=300');
    await serves(faultyDevice);
    const recall = await dial(faultyDevice);
    await until('the refusal', () => recall.fin || recall.reset);
    await serves(faultyDevice, 'upper');
    let served = false;
    await until('service', () => {
      if (!served)
        void serves(faultyDevice).then(
          () => (served = true),
          () => {},
        );
      return served;
    });
  });

  it('reply-on-old-connection answers on the oldest', async () => {
    const faultyDevice = await faulty('reply-on-old-connection');
    const [old, young] = await crowd(faultyDevice, 2);
    await old?.heartbeat();
    young?.send(mos(HEARTBEAT));
    await until('the stray answer', () => old?.messages.length === 2);
    expect(young?.messages).to.deep.equal([]);
  });

  it('replies-on-wrong-connection answers on the newest', async () => {
    const faultyDevice = await faulty('replies-on-wrong-connection');
    const old = await dial(faultyDevice);
    await old.heartbeat();
    const young = await dial(faultyDevice);
    await young.heartbeat();
    old.send(mos(HEARTBEAT));
    await until('the stray answer', () => young.messages.length === 2);
    expect(old.messages).to.have.length(1);
  });

  it('reply-on-other-under-load errs only above ten connections', async () => {
    const faultyDevice = await faulty('reply-on-other-under-load=3');
    const clients = await crowd(faultyDevice, 10);
    for (const client of clients) await client.heartbeat();
    const eleventh = await dial(faultyDevice);
    for (let count = 0; count < 3; count++) eleventh.send(mos(HEARTBEAT));
    await until('the stray answer', () => clients.some(({ messages }) => messages.length === 2));
    await until('the others', () => eleventh.messages.length === 2);
  });

  it('loses-reply-under-load loses the n-th answer above ten connections', async () => {
    const faultyDevice = await faulty('loses-reply-under-load=4');
    const clients = await crowd(faultyDevice, 10);
    for (const client of clients) await client.heartbeat();
    const eleventh = await dial(faultyDevice);
    for (let count = 0; count < 3; count++) await eleventh.heartbeat();
    eleventh.send(mos(HEARTBEAT));
    await never('the fourth answer', () => eleventh.messages.length > 3);
    await eleventh.heartbeat();
  });

  it('blocks-while-idle waits for a connection that says nothing', async () => {
    const faultyDevice = await faulty('blocks-while-idle');
    const spoken = await dial(faultyDevice);
    await spoken.heartbeat();
    await spoken.heartbeat();
    const idle = await dial(faultyDevice);
    await until('the accept', () => faultyDevice.statistics().accepted === 2);
    const blocked = await dial(faultyDevice);
    blocked.send(mos(HEARTBEAT));
    spoken.send(mos(HEARTBEAT));
    await never('an answer', () => blocked.messages.length > 0 || spoken.messages.length > 2);
    await serves(faultyDevice, 'upper');
    await idle.release();
    await until('the answers', () => blocked.messages.length === 1 && spoken.messages.length === 3);
  });

  it('blocks-while-drip waits for a message that is not complete', async () => {
    const faultyDevice = await faulty('blocks-while-drip');
    const other = await dial(faultyDevice);
    const drip = await dial(faultyDevice);
    await other.heartbeat();
    drip.send(mos(HEARTBEAT).slice(0, 20));
    await until('the block', () => faultyDevice.statistics().incomplete === 1);
    other.send(mos(HEARTBEAT));
    await never('an answer', () => other.messages.length > 1);
    await serves(faultyDevice, 'upper');
    drip.halfClose();
    await until('the answer', () => other.messages.length === 2);
  });

  it('blocks-while-not-reading waits for a newsroom that does not read', async () => {
    const faultyDevice = await faulty('blocks-while-not-reading');
    const other = await dial(faultyDevice);
    const stuck = await dial(faultyDevice);
    await stuck.heartbeat();
    await other.heartbeat();
    stuck.socket.pause();
    const request = ucs2(mos('<reqMachInfo/>'));
    let answered = 1;
    for (let blocked = false, round = 0; !blocked && round < 100; round++) {
      stuck.socket.write(Buffer.concat(Array.from({ length: 200 }, () => request)));
      other.send(mos(HEARTBEAT));
      blocked = await until('an answer', () => other.messages.length > answered, 500).then(
        () => false,
        () => true,
      );
      answered = other.messages.length;
    }
    await never('an answer', () => other.messages.length > answered);
    await serves(faultyDevice, 'upper');
    stuck.socket.resume();
    await until('the answer', () => other.messages.length > answered);
  }).timeout(20_000);

  it('slow-accept takes its time for each connection, one after the other', async () => {
    const faultyDevice = await faulty('slow-accept=150');
    const start = performance.now();
    const clients = await crowd(faultyDevice, 3);
    await Promise.all(clients.map((client) => client.heartbeat()));
    expect(performance.now() - start).to.be.greaterThan(440);
    await clients[0]?.heartbeat();
  });

  it('stops-reading-after-n answers n messages and then hears nothing', async () => {
    const faultyDevice = await faulty('stops-reading-after-n=3');
    const client = await dial(faultyDevice);
    for (let count = 0; count < 3; count++) await client.heartbeat();
    client.send(mos(HEARTBEAT));
    await client.leaks();
    expect(client.messages).to.have.length(3);
    await serves(faultyDevice);
  });

  it('fin-after-accept closes its side at once and releases after ours', async () => {
    const client = await dial(await faulty('fin-after-accept'));
    await until('the FIN', () => client.fin);
    client.send(mos(HEARTBEAT));
    await never('an answer', () => client.messages.length > 0 || client.reset);
    client.halfClose();
    await until('the end', () => client.closed);
    expect(client.reset).to.equal(false);
  });

  it('holds-vanished-ncs refuses a newsroom that vanished, and serves one that stays', async function () {
    this.timeout(10_000);
    const faultyDevice = await faulty('holds-vanished-ncs');
    const [one, two] = await crowd(faultyDevice, 2);
    await one?.heartbeat();
    await two?.heartbeat();
    await one?.release();
    await two?.release();
    const ghost = await dial(faultyDevice);
    await ghost.heartbeat();
    if (!vanish(ghost)) this.skip();
    const back = await dial(faultyDevice);
    back.send(mos(HEARTBEAT));
    await until('the refusal', () => back.fin || back.reset);
    expect(back.messages).to.deep.equal([]);
    await serves(faultyDevice, 'upper');
  });

  it('slows-with-connections answers later with every connection', async () => {
    const faultyDevice = await faulty('slows-with-connections=20');
    const timed = async (): Promise<number> => {
      const start = performance.now();
      await serves(faultyDevice);
      return performance.now() - start;
    };
    await timed();
    for (let cycle = 0; cycle < 8; cycle++) await timed();
    expect(await timed()).to.be.greaterThan(180);
  });

  it('leak-per-abort stalls after n resets', async () => {
    const faultyDevice = await faulty('leak-per-abort=3');
    for (let cycle = 1; cycle <= 3; cycle++) {
      await serves(faultyDevice);
      (await dial(faultyDevice)).abort();
      await until('the reset', () => faultyDevice.statistics().resets === cycle);
    }
    const client = await dial(faultyDevice);
    client.send(mos(HEARTBEAT));
    await never('an answer', () => client.messages.length > 0);
  });

  it('buffers-endless-message takes more than the correct device does', async function () {
    this.timeout(20_000);
    const client = await dial(await faulty('buffers-endless-message'));
    client.send('<mos><mosID>');
    const block = ucs2('x'.repeat(512 * 1024));
    for (let count = 0; count < 10; count++) client.socket.write(block);
    await until('the bytes', () => client.socket.writableLength === 0, 10_000);
    await never('its end', () => client.fin || client.reset);
  });
});

/** Makes a connection disappear here without FIN or RST (TCP_REPAIR); false where that needs a privilege. */
function vanish(client: Client): boolean {
  const libc = openLibc();
  const fd = descriptorOf(client.socket);
  if (isUnavailable(libc) || fd === undefined) return false;
  const IPPROTO_TCP = 6;
  const TCP_REPAIR = 19;
  if (libc.setIntOption(fd, IPPROTO_TCP, TCP_REPAIR, 1) < 0) return false;
  client.socket.destroy();
  return true;
}
