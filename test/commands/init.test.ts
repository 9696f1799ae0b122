import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { UsageError } from '../../src/commands/exit.ts';
import { runInit, type InitArguments } from '../../src/commands/init.ts';
import { createDevice } from '../../src/device/device.ts';
import { readDeviceFile } from '../../src/subject/device-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'init-'));
const out = path.join(folder, 'device.yaml');
const ids = { mosId: 'reference.device.mos', ncsId: 'conformance.ncs' };

async function init(given: Partial<InitArguments>): Promise<string> {
  const lines: string[] = [];
  const wanted = {
    host: '127.0.0.1',
    out,
    wait: '300ms',
    lower: 'none',
    upper: 'none',
    query: 'none',
    ...given,
  };
  expect(await runInit(wanted, { out: (line) => lines.push(line) })).to.equal(0);
  return lines.join('\n');
}

async function complaint(given: Partial<InitArguments>): Promise<string> {
  try {
    await init(given);
  } catch (error) {
    expect(error).to.be.instanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('it did not complain');
}

/** A server on a free port below the ephemeral range. */
async function serve(onSocket: (socket: Socket) => void): Promise<{ port: number; server: Server }> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const server = createServer((socket) => onSocket(socket.on('error', () => {})));
    server.listen(20_000 + Math.floor(Math.random() * 12_000), '127.0.0.1');
    const listening = await Promise.race([
      once(server, 'listening').then(() => true),
      once(server, 'error').then(() => false),
    ]);
    if (listening) return { port: (server.address() as AddressInfo).port, server };
  }
  throw new Error('no free port');
}

describe('init', () => {
  beforeEach(() => rmSync(out, { force: true }));
  after(() => rmSync(folder, { recursive: true }));

  it('writes a device file with everything that the device says of itself', async () => {
    const device = await createDevice({});
    try {
      const said = await init({ ...device.ports, ...ids, wait: '5s' });
      expect(said).to.match(/^lower: heartbeat in ucs-2be: answered with heartbeat/m);
      expect(said).to.match(/^upper: heartbeat in ucs-2be: answered with heartbeat/m);
      expect(said).to.contain(`next: mos-conformance run ${out}`);
      const { device: written, problems } = readDeviceFile(out);
      expect(problems).to.deep.equal([]);
      expect(written).to.deep.include({ host: '127.0.0.1', ports: { ...device.ports }, ...ids });
      expect(written).to.deep.include({ revision: '2.8.5', encoding: 'ucs-2be', profiles: [0, 1] });
      expect(readFileSync(out, 'utf8')).to.contain('# allow: [load, disruptive]');
    } finally {
      await device.stop();
    }
  });

  it('says so where the device does not answer to the IDs, and writes the file all the same', async () => {
    const { port, server } = await serve((socket) => socket.resume());
    try {
      const said = await init({ lower: port, ...ids });
      expect(said).to.contain('heartbeat in utf-8: no answer');
      expect(said).to.contain('does not answer to mosID reference.device.mos and ncsID conformance.ncs');
      expect(readFileSync(out, 'utf8')).to.contain('did NOT answer');
      expect(readDeviceFile(out).device?.ports).to.deep.equal({ lower: port, upper: 'none' });
    } finally {
      server.close();
    }
  });

  it('takes devices that close, reset or talk nonsense', async () => {
    const odd: Record<string, (socket: Socket) => void> = {
      'closed the connection': (socket) => socket.end(),
      'no answer': (socket) => socket.write('220 ready\r\n'),
    };
    for (const [word, behave] of Object.entries(odd)) {
      const { port, server } = await serve(behave);
      try {
        expect(await init({ lower: port, ...ids, force: true }), word).to.contain(word);
      } finally {
        server.close();
      }
    }
  });

  it('leaves IDs that were not given as comments, and quotes what needs it', async () => {
    const { port, server } = await serve((socket) => socket.resume());
    try {
      expect(await init({ upper: port, name: 'Studio 1: "A" # main' })).to.contain('fill in mosId and ncsId');
      const { device } = readDeviceFile(out);
      expect(device).to.include({ name: 'Studio 1: "A" # main' });
      expect(device).not.to.have.any.keys('mosId', 'ncsId');
    } finally {
      server.close();
    }
  });

  it('never overwrites without being told, and does not touch the device before it knows', async () => {
    let connections = 0;
    const { port, server } = await serve((socket) => {
      connections++;
      socket.resume();
    });
    try {
      writeFileSync(out, 'mine');
      expect(await complaint({ lower: port })).to.contain('exists already; --force overwrites it');
      expect(readFileSync(out, 'utf8')).to.equal('mine');
      expect(connections).to.equal(0);
      await init({ lower: port, force: true });
      expect(readFileSync(out, 'utf8')).to.contain(`lower: ${port}`);
    } finally {
      server.close();
    }
  });

  it('writes nothing where no port accepts connections or something is wrong', async () => {
    expect(await complaint({ lower: 9 })).to.match(
      /has no port that accepts connections \(lower port 9 refuses/,
    );
    expect(await complaint({})).to.contain('none was tried');
    expect(await complaint({ lower: 70_000, wait: 'soon' })).to.equal(
      '--lower 70000: expected a port from 1 to 65535\n--wait soon: expected a duration such as 3s',
    );
    expect(await complaint({ host: 'http://x' })).to.contain('an address of the web');
    expect(existsSync(out)).to.equal(false);
  });

  it('says in a sentence that the file cannot be written', async () => {
    const { port, server } = await serve((socket) => socket.resume());
    try {
      const nowhere = path.join(folder, 'no', 'folder.yaml');
      expect(await complaint({ lower: port, out: nowhere })).to.match(
        /cannot be written: the folder does not exist \(ENOENT\)$/,
      );
    } finally {
      server.close();
    }
  });
});
