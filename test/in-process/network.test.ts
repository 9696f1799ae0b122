import { once } from 'node:events';
import { expect } from 'chai';
import type { Network as DeviceNetwork } from '../../src/device/network.ts';
import { TCP as DEVICE_TCP } from '../../src/device/tcp.ts';
import type { Transport } from '../../src/device/transport.ts';
import type { Network as NcsNetwork, Stream } from '../../src/ncs/network.ts';
import { ownPort } from '../../src/ncs/own-port.ts';
import { TCP as NCS_TCP } from '../../src/ncs/tcp.ts';
import { InProcessNetwork } from './network.ts';

/** One connection, with everything that either side was told. */
interface Meeting {
  stream: Stream;
  transport: Transport;
  /** What the newsroom saw: `abc`, `end`, `ECONNRESET`, `close`. */
  ncs: string[];
  /** What the device saw: `abc`, `fin`, `reset`, `gone`. */
  device: string[];
  stop(): Promise<void>;
}

const inProcess = (): {
  ncs: NcsNetwork;
  device: DeviceNetwork;
  freePort: () => Promise<number | undefined>;
} => {
  const network = new InProcessNetwork();
  return { ...network, freePort: () => Promise.resolve(network.freePort()) };
};

for (const [name, networks] of [
  ['TCP', () => ({ ncs: NCS_TCP, device: DEVICE_TCP, freePort: ownPort })],
  ['the network in process', inProcess],
] as const) {
  describe(`what a connection does over ${name}`, () => {
    let open: Meeting[] = [];
    afterEach(async () => {
      for (const { stop } of open) await stop();
      open = [];
    });
    const meet = async (): Promise<Meeting> => {
      const meeting = await connected(networks());
      open.push(meeting);
      return meeting;
    };

    it('what was written before is read with the FIN behind it, and the other direction stays', async () => {
      const { stream, transport, ncs, device } = await meet();
      transport.resume();
      stream.write('ask');
      stream.end();
      await until(() => device.includes('fin'));
      expect(device).to.deep.equal(['ask', 'fin']);
      transport.write(Buffer.from('answer'), () => transport.finish());
      await until(() => ncs.includes('close') && device.includes('gone'));
      expect(ncs).to.deep.equal(['answer', 'end', 'close']);
      expect(device).to.deep.equal(['ask', 'fin', 'gone']);
    });

    it('nothing is told before the device reads, a FIN neither', async () => {
      const { stream, transport, device } = await meet();
      await written(stream, 'ask');
      stream.end();
      await someTurns();
      expect(device).to.deep.equal([]);
      transport.resume();
      await until(() => device.includes('fin'));
      expect(device).to.deep.equal(['ask', 'fin']);
    });

    it('a reset reaches whoever reads, behind what came before it', async () => {
      const { stream, transport, device } = await meet();
      transport.resume();
      await written(stream, 'ask');
      await until(() => device.includes('ask'));
      stream.resetAndDestroy();
      await until(() => device.includes('gone'));
      expect(device).to.deep.equal(['ask', 'reset', 'gone']);
    });

    it('a reset by the device is an error of the newsroom', async () => {
      const { transport, ncs, device } = await meet();
      transport.reset();
      await until(() => ncs.includes('close') && device.includes('gone'));
      expect(ncs).to.deep.equal(['ECONNRESET', 'close']);
      expect(device).to.deep.equal(['gone']);
    });

    it('giving up an end on which bytes were left unread is a reset, else a FIN', async () => {
      const unread = await meet();
      await written(unread.stream, 'ask');
      await someTurns();
      unread.transport.drop();
      await until(() => unread.ncs.includes('close'));
      expect(unread.ncs).to.deep.equal(['ECONNRESET', 'close']);
      const idle = await meet();
      idle.transport.drop();
      await until(() => idle.ncs.includes('end'));
      expect(idle.ncs).to.deep.equal(['end']);
    });

    it('bytes for an end that is gone are answered with a reset, which the next bytes meet', async () => {
      const { stream, transport, device } = await meet();
      transport.resume();
      stream.destroy();
      await until(() => device.includes('fin'));
      await new Promise<void>((taken) => transport.write(Buffer.from('answer'), taken));
      await someTurns();
      expect(device).to.deep.equal(['fin']);
      transport.write(Buffer.from('another'), () => {});
      await until(() => device.includes('gone'));
      expect(device).to.deep.equal(['fin', 'reset', 'gone']);
    });

    it('a device that reads nothing more learns neither of bytes nor of a FIN, and its bytes still go out', async () => {
      const { stream, transport, ncs, device } = await meet();
      transport.resume();
      transport.neverReadAgain();
      transport.resume();
      await written(stream, 'ask');
      stream.end();
      transport.write(Buffer.from('late'), () => {});
      await until(() => ncs.includes('late'));
      await someTurns();
      expect(device).to.deep.equal([]);
    });

    it('a writer has to wait for a reader that stands still', async () => {
      const { stream, transport, ncs } = await meet();
      stream.pause();
      let taken = false;
      const much = Buffer.alloc(16 * 1024 * 1024, 'x');
      transport.write(much, () => (taken = true));
      await someTurns();
      expect(taken).to.equal(false);
      expect(transport.unsentBytes).to.be.above(0);
      stream.resume();
      await until(() => taken);
      expect(transport.unsentBytes).to.equal(0);
      await until(() => ncs.reduce((sum, text) => sum + text.length, 0) === much.length);
    });

    it('a port on which nobody listens any more refuses', async () => {
      const { ncs, device } = networks();
      const listening = await device.listen('upper', undefined, '127.0.0.1', () => {});
      await listening.stop();
      const stream = ncs.connect({ address: '127.0.0.1', port: listening.port });
      const [error] = (await once(stream, 'error')) as [NodeJS.ErrnoException];
      expect(error.code).to.equal('ECONNREFUSED');
    });

    it('a device that dials is told when nobody listens, and when its connection is gone', async () => {
      const { ncs, device, freePort } = networks();
      const port = (await freePort()) ?? 0;
      const told: string[] = [];
      const dial = (): void => {
        device.dial('127.0.0.1', port, { up: () => told.push('up'), down: () => told.push('down') });
      };
      dial();
      await until(() => told.includes('down'));
      const streams: Stream[] = [];
      const listener = await ncs.listen(port, (stream) => streams.push(stream.on('error', () => {})));
      const gone: string[] = [];
      device.dial('127.0.0.1', port, {
        up: (transport) => {
          told.push('up');
          transport.attach({
            received: () => {},
            finished: () => {},
            reset: () => gone.push('reset'),
            gone: () => gone.push(told.at(-1) ?? ''),
          });
          transport.resume();
        },
        down: () => told.push('down'),
      });
      await until(() => streams.length === 1 && told.at(-1) === 'up');
      streams[0]?.resetAndDestroy();
      await until(() => gone.length === 2);
      expect(gone).to.deep.equal(['reset', 'down']);
      listener.close();
    });
  });
}

describe('the network in process', () => {
  it('has no local port to choose', () => {
    const { ncs } = new InProcessNetwork();
    const dial = (): unknown => ncs.connect({ address: '127.0.0.1', port: 1 }, { localPort: 2 });
    expect(dial).to.throw('a local port of choice needs a socket');
  });
});

async function connected({ ncs, device }: { ncs: NcsNetwork; device: DeviceNetwork }): Promise<Meeting> {
  const seen: Pick<Meeting, 'ncs' | 'device'> = { ncs: [], device: [] };
  let accepted: Transport | undefined;
  const listening = await device.listen('upper', undefined, '127.0.0.1', (transport) => {
    transport.attach({
      received: (bytes) => seen.device.push(bytes.toString()),
      finished: () => seen.device.push('fin'),
      reset: () => seen.device.push('reset'),
      gone: () => seen.device.push('gone'),
    });
    accepted = transport;
  });
  const stream = ncs.connect({ address: '127.0.0.1', port: listening.port });
  stream.on('data', (bytes: Buffer) => seen.ncs.push(bytes.toString()));
  stream.on('end', () => seen.ncs.push('end'));
  stream.on('error', (error: NodeJS.ErrnoException) => seen.ncs.push(error.code ?? ''));
  stream.on('close', () => seen.ncs.push('close'));
  await until(() => accepted !== undefined && !stream.connecting);
  const transport = accepted as unknown as Transport;
  const stop = (): Promise<void> => {
    stream.destroy();
    transport.drop();
    return listening.stop();
  };
  return { stream, transport, ...seen, stop };
}

function written(stream: Stream, text: string): Promise<void> {
  return new Promise((resolve) => stream.write(text, () => resolve()));
}

/** So many turns of the event loop that whatever is on its way has arrived. */
async function someTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
