import { expect } from 'chai';
import { connect, type Socket } from 'node:net';
import type { RunningDevice } from '../../src/device/options.ts';
import { ownPort } from '../../src/ncs/own-port.ts';
import { device, dial, endAll, faulty, HEARTBEAT, mos, never, serves, ucs2, until } from './client.ts';
import { closeNewsrooms, newsroom } from './newsroom.ts';

describe('faults of coming back and of closing first', () => {
  afterEach(endAll);
  afterEach(closeNewsrooms);

  /** A connection from one local port. */
  async function from(
    localPort: number,
    { address, ports }: RunningDevice,
  ): Promise<{ socket: Socket; ended: () => boolean }> {
    let ended = false;
    const socket = connect({ port: ports.lower!, host: address, localPort, allowHalfOpen: true });
    socket.on('error', () => (ended = true));
    socket.on('end', () => (ended = true)).resume();
    await until('the handshake', () => !socket.connecting);
    return { socket, ended: () => ended };
  }

  it('refuses-same-port turns away only who comes from the address and port that were there before', async () => {
    const faultyDevice = await faulty('refuses-same-port');
    const localPort = (await ownPort())!;
    const first = await from(localPort, faultyDevice);
    first.socket.resetAndDestroy();
    await until('the reset', () => faultyDevice.statistics().resets === 1);
    const second = await from(localPort, faultyDevice);
    await until('the refusal', second.ended);
    second.socket.destroy();
    await serves(faultyDevice);
  });

  it('does-not-complete-own-close keeps what it closed first, and releases everything else', async () => {
    const faultyDevice = await device({
      faults: ['does-not-complete-own-close'],
      habits: ['closes-after-reply'],
    });
    const asking = await dial(faultyDevice);
    await asking.heartbeat();
    await until("the device's FIN", () => asking.fin);
    asking.halfClose();
    await until('our end gone', () => asking.closed);
    await never('the descriptor back', () => faultyDevice.statistics().open === 0);
    await (await dial(faultyDevice)).release();
    expect(faultyDevice.statistics().open).to.equal(1);
  });

  it('blocks-while-own-close-waits serves nobody else on the port until the newsroom closes too', async () => {
    const faultyDevice = await device({
      faults: ['blocks-while-own-close-waits'],
      habits: ['closes-after-reply'],
    });
    const slow = await dial(faultyDevice);
    await slow.heartbeat();
    await until("the device's FIN", () => slow.fin);
    const other = await dial(faultyDevice);
    other.send(mos(HEARTBEAT));
    await never('an answer', () => other.messages.length > 0);
    const elsewhere = await dial(faultyDevice, 'upper');
    await elsewhere.heartbeat();
    slow.halfClose();
    await until('the answer', () => other.messages.length === 1);
  });

  it('blocks-while-endless serves nobody else once a message has grown too long, and everybody before', async () => {
    const faultyDevice = await faulty('blocks-while-endless=4000');
    const endless = await dial(faultyDevice);
    endless.socket.write(ucs2(`<mos><mosID>${'x'.repeat(100)}`));
    await until('the begin', () => faultyDevice.statistics().incomplete === 1);
    await serves(faultyDevice);
    endless.socket.write(ucs2('x'.repeat(4_000)));
    const other = await dial(faultyDevice);
    await never('an early answer', () => other.messages.length > 0, 20);
    other.send(mos(HEARTBEAT));
    await never('an answer', () => other.messages.length > 0);
    endless.halfClose();
    await until('the answer', () => other.messages.length === 1);
  });

  it('does-not-dial-again gives up once its own connection is gone', async () => {
    const ncs = await newsroom();
    await device({
      faults: ['does-not-dial-again'],
      ncs: { host: '127.0.0.1', lower: ncs.port, redialAfter: 20 },
    });
    await until('the call', () => ncs.messages(0).length === 1);
    ncs.sockets[0]?.end();
    await never('a second call', () => ncs.sockets.length > 1);
  });

  it('does-not-dial-again still waits for a newsroom that is not there yet', async () => {
    const port = (await ownPort())!;
    await device({
      faults: ['does-not-dial-again'],
      ncs: { host: '127.0.0.1', lower: port, redialAfter: 20 },
    });
    await never('anything', () => false, 60);
    const ncs = await newsroom(port);
    await until('the call', () => ncs.sockets.length === 1);
  });
});
