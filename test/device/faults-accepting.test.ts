import { expect } from 'chai';
import { Client, crowd, dial, endAll, faulty, HEARTBEAT, mos, never, serves, until } from './client.ts';

describe('faults of accepting and of many connections', () => {
  afterEach(endAll);

  it('does-not-accept names an upper port on which nobody listens', async () => {
    const faultyDevice = await faulty('does-not-accept');
    await serves(faultyDevice);
    const upper = new Client(faultyDevice.ports.upper ?? 0, faultyDevice.address);
    await until('the refusal', () => upper.refused);
  });

  it('exits-on-abort-burst survives single resets and ends after many in a row that said nothing', async () => {
    const faultyDevice = await faulty('exits-on-abort-burst');
    for (let cycle = 0; cycle < 3; cycle++) {
      (await dial(faultyDevice)).abort();
      await until('the reset', () => faultyDevice.statistics().resets === cycle + 1);
    }
    const served = await crowd(faultyDevice, 12);
    for (const client of served) await client.heartbeat();
    for (const client of served) client.abort();
    await until('all resets', () => faultyDevice.statistics().resets === 15);
    expect(faultyDevice.statistics().exited).to.equal(false);
    await serves(faultyDevice);
    for (const client of await crowd(faultyDevice, 10)) client.abort();
    await until('the end', () => faultyDevice.statistics().exited);
  });

  it('disturbed-by-idle-connections serves as many connections as it has threads', async () => {
    const faultyDevice = await faulty('disturbed-by-idle-connections=3');
    const idle = await crowd(faultyDevice, 3);
    const next = await dial(faultyDevice);
    next.send(mos(HEARTBEAT));
    await never('an answer', () => next.messages.length > 0);
    await idle[0]?.release();
    await until('the answer', () => next.messages.length === 1);
  });

  it('leak-under-churn leaves a connection that ends beside another after many have come, and no other', async () => {
    const faultyDevice = await faulty('leak-under-churn=5');
    const beside = await dial(faultyDevice);
    for (let count = 1; count < 5; count++) await serves(faultyDevice);
    await (await dial(faultyDevice)).leaks();
    await beside.release();
    await serves(faultyDevice);
  });
});
