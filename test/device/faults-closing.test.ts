import { readdirSync, readlinkSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  Client,
  crowd,
  device,
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

describe('faults of closing', () => {
  afterEach(endAll);

  it('close-wait-leak never closes, asked or not, and goes on serving', async () => {
    const faultyDevice = await faulty('close-wait-leak');
    await (await dial(faultyDevice)).leaks();
    const asked = await dial(faultyDevice, 'upper');
    await asked.heartbeat();
    await asked.leaks();
    const half = await dial(faultyDevice);
    half.send(mos(HEARTBEAT));
    half.halfClose();
    await until('the answer', () => half.messages.length === 1);
    await (await dial(faultyDevice)).heartbeat();
  });

  it('late-close closes after its delay and not before', async () => {
    const client = await dial(await faulty('late-close=400'));
    await client.leaks();
    await until('the late FIN', () => client.fin);
  });

  it('reset-instead-of-fin answers, then resets', async () => {
    const faultyDevice = await faulty('reset-instead-of-fin');
    const client = await dial(faultyDevice);
    await client.heartbeat();
    client.halfClose();
    await until('the reset', () => client.reset);
    await (await dial(faultyDevice)).heartbeat();
  });

  it('leak-every-nth leaks exactly the n-th of each port', async () => {
    const faultyDevice = await faulty('leak-every-nth=3');
    for (const port of ['lower', 'upper'] as const) {
      await serves(faultyDevice, port);
      await serves(faultyDevice, port);
      await (await dial(faultyDevice, port)).leaks();
      await serves(faultyDevice, port);
    }
  });

  it('leak-on-cut-message leaks only where the FIN cuts a message', async () => {
    const faultyDevice = await faulty('leak-on-cut-message');
    await serves(faultyDevice);
    await (await dial(faultyDevice)).release();
    const cut = await dial(faultyDevice);
    cut.send(mos(HEARTBEAT).slice(0, 60));
    await cut.leaks();
    const odd = await dial(faultyDevice);
    odd.socket.write(ucs2('<mos>').subarray(0, 7));
    await odd.leaks();
    const after = await dial(faultyDevice);
    after.send(`${mos(HEARTBEAT)}\r\n `);
    await until('the answer', () => after.messages.length === 1);
    await after.release();
  });

  it('leak-after-many-messages leaks what carried so many, and nothing else', async () => {
    const faultyDevice = await faulty('leak-after-many-messages=2');
    await serves(faultyDevice);
    const talkative = await dial(faultyDevice);
    for (const count of [1, 2]) {
      talkative.send(mos(HEARTBEAT));
      await until('the answer', () => talkative.messages.length === count);
    }
    await talkative.leaks();
  });

  it('leak-after-silence leaks only where the FIN comes late after a message', async () => {
    const faultyDevice = await faulty('leak-after-silence=200');
    await serves(faultyDevice);
    await (await dial(faultyDevice)).release();
    const quiet = await dial(faultyDevice);
    quiet.send(mos(HEARTBEAT));
    await until('the answer', () => quiet.messages.length === 1);
    const answeredMs = performance.now();
    await until('the silence', () => performance.now() - answeredMs > 250);
    await quiet.leaks();
  });

  it('leak-after-unknown-message and leak-after-malformed leak after nothing else', async () => {
    const unknown = await faulty('leak-after-unknown-message');
    const malformed = await faulty('leak-after-malformed');
    for (const device of [unknown, malformed]) await serves(device);
    const strange = mos('<x-unknown/>');
    const crossed = mos('<heartbeat><time></heartbeat></time>');
    for (const [device, text, sound] of [
      [unknown, strange, crossed],
      [malformed, crossed, strange],
    ] as const) {
      const leaking = await dial(device);
      leaking.send(text);
      await leaking.leaks();
      const released = await dial(device);
      released.send(sound);
      await released.release();
    }
  });

  it('leak-on-one-port leaks on the upper port only', async () => {
    const faultyDevice = await faulty('leak-on-one-port');
    await serves(faultyDevice, 'lower');
    await serves(faultyDevice, 'query');
    await (await dial(faultyDevice, 'upper')).leaks();
  });

  it('listener-dies refuses a port after its first disconnect', async () => {
    const faultyDevice = await faulty('listener-dies');
    const other = await dial(faultyDevice);
    await serves(faultyDevice);
    const late = new Client(faultyDevice.ports.lower ?? 0, faultyDevice.address);
    await until('the refusal', () => late.refused);
    await other.heartbeat();
    await serves(faultyDevice, 'upper');
  });

  it('one-connection-at-a-time leaves the second waiting until the first has ended', async () => {
    const faultyDevice = await faulty('one-connection-at-a-time');
    const first = await dial(faultyDevice);
    const second = await dial(faultyDevice);
    second.send(mos(HEARTBEAT));
    await first.heartbeat();
    await never('an answer', () => second.messages.length > 0);
    await serves(faultyDevice, 'upper');
    await first.release();
    await until('the answer', () => second.messages.length === 1);
  });

  it('exits-on-reset dies of a reset and of nothing else', async () => {
    let exits = 0;
    const faultyDevice = await device({ faults: ['exits-on-reset'], exit: () => exits++ });
    await serves(faultyDevice);
    const client = await dial(faultyDevice);
    await client.heartbeat();
    client.abort();
    await until('the exit', () => exits === 1);
  });

  it('a device that exits closes everything and can still be stopped', async () => {
    const faultyDevice = await faulty('exits-on-reset');
    const [one, two] = await crowd(faultyDevice, 2);
    await one?.heartbeat();
    one?.abort();
    await until('the end of the other', () => two?.closed === true || two?.fin === true);
    expect(faultyDevice.statistics().exited).to.equal(true);
    await faultyDevice.stop();
  });

  it('descriptor-leak-on-reset keeps a socket descriptor for each reset, none for a FIN', async function () {
    if (process.platform !== 'linux') this.skip();
    const faultyDevice = await faulty('descriptor-leak-on-reset');
    await serves(faultyDevice);
    const before = unlistedSockets();
    for (let cycle = 0; cycle < 5; cycle++) await serves(faultyDevice);
    for (let cycle = 1; cycle <= 5; cycle++) {
      const client = await dial(faultyDevice);
      await client.heartbeat();
      client.abort();
      await until('the reset', () => faultyDevice.statistics().resets === cycle);
    }
    await until('five kept descriptors', () => unlistedSockets() - before === 5);
    await serves(faultyDevice);
    await faultyDevice.stop();
    await until('their end', () => unlistedSockets() - before <= 0);
  });

  for (const { fault, told } of [
    { fault: 'descriptor-leak-on-cut-reset', told: mos(HEARTBEAT).slice(0, 40) },
    { fault: 'descriptor-leak-on-owed-reply', told: mos(HEARTBEAT) },
  ]) {
    it(`${fault} keeps a socket descriptor for such a reset and for no other`, async function () {
      if (process.platform !== 'linux') this.skip();
      const faultyDevice = await faulty(fault);
      await serves(faultyDevice);
      const before = unlistedSockets();
      for (let cycle = 1; cycle <= 3; cycle++) {
        const client = await dial(faultyDevice);
        await client.heartbeat();
        client.abort();
        await until('the reset', () => faultyDevice.statistics().resets === cycle);
      }
      expect(unlistedSockets() - before).to.equal(0);
      for (let cycle = 1; cycle <= 3; cycle++) {
        const client = await dial(faultyDevice);
        client.send(told);
        // What was sent before has been read when a later connection is answered; a reply is owed for longer than that.
        await (await dial(faultyDevice)).release();
        client.abort();
        await until('the reset', () => faultyDevice.statistics().resets === cycle + 3);
      }
      await until('three kept descriptors', () => unlistedSockets() - before === 3);
      await faultyDevice.stop();
      await until('their end', () => unlistedSockets() - before <= 0);
    });
  }

  it('drops-reply-on-half-close closes without the answer', async () => {
    const faultyDevice = await faulty('drops-reply-on-half-close');
    await serves(faultyDevice);
    const client = await dial(faultyDevice);
    client.send(mos(HEARTBEAT));
    client.halfClose();
    await until('the FIN', () => client.fin && client.closed);
    expect(client.messages).to.deep.equal([]);
  });

  it('hangs-on-half-close neither answers nor closes', async () => {
    const faultyDevice = await faulty('hangs-on-half-close');
    await serves(faultyDevice);
    await (await dial(faultyDevice)).release();
    const client = await dial(faultyDevice);
    client.send(mos(HEARTBEAT));
    await client.leaks();
    expect(client.messages).to.deep.equal([]);
    await serves(faultyDevice);
  });

  it('answers-half-close-then-leaks answers and stays', async () => {
    const faultyDevice = await faulty('answers-half-close-then-leaks');
    await serves(faultyDevice);
    await (await dial(faultyDevice)).release();
    const client = await dial(faultyDevice);
    client.send(mos(HEARTBEAT));
    await client.leaks();
    await until('the answer', () => client.messages.length === 1);
    await serves(faultyDevice);
  });

  it('misses-fin-with-data misses a FIN that comes with a request, and no other', async () => {
    const faultyDevice = await faulty('misses-fin-with-data');
    for (let cycle = 0; cycle < 20; cycle++) {
      await serves(faultyDevice);
      await (await dial(faultyDevice)).release();
    }
    for (let cycle = 0; cycle < 5; cycle++) {
      const client = await dial(faultyDevice);
      client.socket.end(ucs2(mos(HEARTBEAT)));
      await until('the answer', () => client.messages.length === 1);
      await never('the FIN', () => client.fin);
    }
  });

  it('refuses-after-n refuses the connection after the last', async () => {
    const faultyDevice = await faulty('refuses-after-n=3');
    for (let cycle = 0; cycle < 3; cycle++) await serves(faultyDevice);
    const late = new Client(faultyDevice.ports.lower ?? 0, faultyDevice.address);
    await until('the refusal', () => late.refused);
    await serves(faultyDevice, 'upper');
  });
});

/** Socket descriptors of this process that stand in no TCP table. */
function unlistedSockets(): number {
  const listed = new Set(
    ['/proc/self/net/tcp', '/proc/self/net/tcp6'].flatMap((table) =>
      readFileSync(table, 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/)[9]),
    ),
  );
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1];
      return inode !== undefined && !listed.has(inode);
    } catch {
      return false;
    }
  }).length;
}
