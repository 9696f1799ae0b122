import { expect } from 'chai';
import type net from 'node:net';
import { History } from '../../src/history/history.ts';
import { Connection } from '../../src/ncs/connection.ts';
import { ownPort } from '../../src/ncs/own-port.ts';
import { vanish, whyNotVanish } from '../../src/ncs/vanish.ts';
import { SockDiagObserver } from '../../src/observe/sockdiag/observer.ts';
import { eventually, listen } from '../observe/support.ts';

describe('vanish', function () {
  const events: string[] = [];
  let server: net.Server;
  let device: net.Socket | undefined;
  let history: History;

  before(function () {
    const reason = whyNotVanish();
    if (reason === undefined) return;
    this.test?.parent?.tests.forEach((test) => (test.title += ` (skipped: ${reason})`));
    this.skip();
  });

  beforeEach(async () => {
    events.length = 0;
    device = undefined;
    history = new History();
    server = await listen('127.0.0.1');
    server.on('connection', (socket) => {
      device = socket;
      socket.on('data', () => events.push('data')).on('end', () => events.push('FIN'));
      socket.on('error', (error: NodeJS.ErrnoException) => events.push(error.code ?? 'error'));
    });
  });

  afterEach(() => {
    device?.destroy();
    server.close();
  });

  async function dial(localPort?: number): Promise<Connection> {
    const { port } = server.address() as net.AddressInfo;
    const connection = await Connection.dial({
      name: 'ncs',
      history,
      remote: { address: '127.0.0.1', port },
      timeoutMs: 2_000,
      encoding: 'ucs-2be',
      ...(localPort !== undefined && { localPort }),
    });
    expect(connection.failure).to.equal(undefined);
    await eventually('the connection at the device', () => device !== undefined);
    return connection;
  }

  it('takes our end away and leaves the device alone with its own', async () => {
    const connection = await dial();
    const { local, remote } = connection.tuple!;
    expect(vanish(connection, history)).to.equal(undefined);
    expect(connection.alive).to.equal(false);
    expect(history.facts.filter(({ kind }) => kind === 'act')).to.have.length(2);
    const observer = SockDiagObserver.open();
    if ('unavailable' in observer) throw new Error(observer.unavailable);
    const [ours, theirs] = observer.lookup([
      { source: local, destination: remote },
      { source: remote, destination: local },
    ]);
    observer.close();
    expect(ours).to.equal(null);
    expect(theirs?.state).to.equal('ESTABLISHED');
    expect(events).to.deep.equal([]);
  });

  it('lets the device find out when it speaks', async () => {
    const connection = await dial();
    expect(vanish(connection, history)).to.equal(undefined);
    device?.write('are you there?');
    await eventually('the reset', () => events.includes('ECONNRESET'));
    expect(events).to.not.include('FIN');
  });

  it('lets the device find out when the same address and port dial again', async () => {
    const port = await ownPort();
    const connection = await dial(port);
    const old = device;
    expect(vanish(connection, history)).to.equal(undefined);
    const again = await dial(port);
    await eventually('the reset of the old connection', () => events.includes('ECONNRESET'));
    await eventually('the new connection', () => device !== old);
    again.abort();
  });

  it('says why it cannot be done to a connection that is closed', async () => {
    const connection = await dial();
    await connection.close();
    expect(vanish(connection, history)).to.equal('the connection has no descriptor any more');
    expect(history.facts.some((fact) => fact.kind === 'act' && fact.act === 'vanish')).to.equal(false);
  });
});

describe('whyNotVanish', () => {
  it('names the missing package where koffi is switched off', () => {
    process.env['MOS_CONFORMANCE_NO_KOFFI'] = '1';
    try {
      const expected = process.platform === 'linux' ? 'koffi is switched off' : 'no Linux kernel';
      expect(whyNotVanish()).to.contain(expected);
    } finally {
      delete process.env['MOS_CONFORMANCE_NO_KOFFI'];
    }
  });
});
