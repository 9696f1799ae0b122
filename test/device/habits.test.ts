import { expect } from 'chai';
import { crowd, device, dial, endAll, HEARTBEAT, mos, never, serves, until } from './client.ts';

describe('habits of the reference device', () => {
  afterEach(endAll);

  const habit = (...habits: string[]): ReturnType<typeof device> => device({ habits });

  it('closes-after-reply', async () => {
    const client = await dial(await habit('closes-after-reply'));
    await never('an early end', () => client.fin, 50);
    await client.heartbeat();
    await until('the FIN', () => client.fin);
    client.halfClose();
    await until('the end', () => client.closed);
    expect(client.reset).to.equal(false);
  });

  it('closes-idle', async () => {
    const client = await dial(await habit('closes-idle=200'));
    await client.heartbeat();
    await until('the FIN', () => client.fin);
  });

  it('slow', async () => {
    const client = await dial(await habit('slow=150'));
    const start = performance.now();
    client.send(mos(HEARTBEAT));
    client.halfClose();
    await until('the FIN', () => client.fin);
    expect(client.messages).to.have.length(1);
    expect(performance.now() - start).to.be.greaterThan(140);
  });

  it('slow-close', async () => {
    const client = await dial(await habit('slow-close=300'));
    await client.leaks();
    await until('the FIN', () => client.fin);
  });

  it('silent-query and no-query', async () => {
    const silent = await habit('silent-query');
    const client = await dial(silent, 'query');
    client.send(mos(HEARTBEAT));
    await never('an answer', () => client.messages.length > 0);
    await client.release();
    await serves(silent, 'lower');
    expect((await habit('no-query')).ports).to.have.keys('lower', 'upper');
    expect((await habit('no-lower', 'no-query')).ports).to.have.keys('upper');
  });

  it('max-connections closes one more at once', async () => {
    const limited = await habit('max-connections=3');
    const clients = await crowd(limited, 3);
    for (const client of clients) await client.heartbeat();
    const more = await dial(limited);
    await until('its end', () => more.fin || more.reset);
    await clients[0]?.release();
    await until('a free place', () => limited.statistics().open === 2);
    await serves(limited);
  });

  it('waits-for-free-place lets one more wait', async () => {
    const limited = await habit('waits-for-free-place=2');
    const clients = await crowd(limited, 3);
    for (const client of clients) client.send(mos(HEARTBEAT));
    await until('two answers', () => clients.filter(({ messages }) => messages.length === 1).length === 2);
    await never('the third', () => clients.every(({ messages }) => messages.length === 1));
    await clients.find(({ messages }) => messages.length === 1)?.release();
    await until('the third', () => clients.every(({ messages }) => messages.length === 1));
  });

  it('drops-older-connection', async () => {
    const dropping = await habit('drops-older-connection');
    const older = await dial(dropping);
    await older.heartbeat();
    const younger = await dial(dropping);
    await until('the end of the older', () => older.fin);
    await younger.heartbeat();
  });

  it('utf-8', async () => {
    const client = await dial(await habit('utf-8'));
    client.socket.write(Buffer.from(mos(HEARTBEAT), 'utf8'));
    await until('the answer', () => client.received.toString('utf8').endsWith('</mos>'));
  });

  it('no-answer-on-half-close', async () => {
    const closing = await habit('no-answer-on-half-close');
    await serves(closing);
    const client = await dial(closing);
    client.send(mos(HEARTBEAT));
    client.halfClose();
    await until('the FIN', () => client.fin);
    expect(client.messages).to.have.length(0);
  });

  it('ignores-unknown', async () => {
    const client = await dial(await habit('ignores-unknown'));
    client.send(mos('<roUnheardOf/>'));
    await client.heartbeat();
    expect(client.messages).to.have.length(1);
  });
});
