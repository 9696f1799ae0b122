import { expect } from 'chai';
import { once } from 'node:events';
import net from 'node:net';
import { queryFor } from '../../../src/observe/observer.ts';
import { SockDiagObserver } from '../../../src/observe/sockdiag/observer.ts';
import {
  connectPair,
  eventually,
  openSockDiag,
  readBoth,
  spawnListener,
  statesOf,
  type Pair,
} from '../support.ts';

const FAMILIES = [
  { name: 'IPv4', host: '127.0.0.1', address: '127.0.0.1' },
  { name: 'IPv6', host: '::1', address: '::1' },
  { name: 'IPv4 to a listener on ::', host: '::', address: '127.0.0.1' },
];

describe('sock_diag on the real kernel', function () {
  let observer: SockDiagObserver;
  let pair: Pair;

  before(function () {
    if (process.platform !== 'linux') this.skip();
    observer = openSockDiag();
  });
  after(() => observer?.close());

  for (const { name, host, address } of FAMILIES) {
    describe(name, () => {
      beforeEach(async () => {
        pair = await connectPair(host, address);
      });
      afterEach(() => pair.close());
      const reach = (states: string) => eventually(states, () => statesOf(observer, pair.tuple) === states);

      it('shows both ends of a live connection, with different inodes', () => {
        const [ours, theirs] = readBoth(observer, pair.tuple);
        expect([ours?.state, theirs?.state]).to.deep.equal(['ESTABLISHED', 'ESTABLISHED']);
        expect(ours?.inode).to.be.greaterThan(0);
        expect(theirs?.inode).to.be.greaterThan(0);
        expect(ours?.inode).not.to.equal(theirs?.inode);
      });

      it('shows the fault: FIN_WAIT_2 here and CLOSE_WAIT there', async () => {
        pair.ncs.end();
        await reach('FIN_WAIT_2/CLOSE_WAIT');
      });

      it('shows the release that we began: TIME_WAIT here and nothing there', async () => {
        pair.ncs.end();
        await reach('FIN_WAIT_2/CLOSE_WAIT');
        pair.device.end();
        await reach('TIME_WAIT/none');
      });

      it('shows the release that the device began', async () => {
        pair.device.end();
        await reach('CLOSE_WAIT/FIN_WAIT_2');
        pair.ncs.end();
        await reach('none/TIME_WAIT');
      });

      it('shows our orphan: no inode, and still FIN_WAIT_2', async () => {
        pair.ncs.destroy();
        await reach('FIN_WAIT_2/CLOSE_WAIT');
        expect(readBoth(observer, pair.tuple)[0]).to.include({ inode: 0, timer: 'timewait' });
      });

      it('shows nothing after a reset, although the listener lives', async () => {
        pair.ncs.resetAndDestroy();
        await reach('none/none');
        expect(pair.server.listening).to.equal(true);
      });

      it('finds the connection and the listener in the table', () => {
        const { remote, local } = pair.tuple;
        const rows = observer.table([remote.port]);
        const ends = rows.map(
          (row) => `${row.local.address} ${row.local.port} ${row.remote.port} ${row.state}`,
        );
        expect(ends).to.include.members([
          `${address} ${local.port} ${remote.port} ESTABLISHED`,
          `${address} ${remote.port} ${local.port} ESTABLISHED`,
          `${host} ${remote.port} 0 LISTEN`,
        ]);
      });
    });
  }

  it('does not take the listener for a connection that is gone or never was', async () => {
    pair = await connectPair();
    const { local, remote } = pair.tuple;
    const [gone] = observer.lookup([{ source: remote, destination: { ...local, port: 1 } }]);
    pair.close();
    expect(gone).to.equal(null);
  });

  it('shows a connection that the application has not accepted, and that the listener counts it', async () => {
    const { child, port } = await spawnListener();
    child.kill('SIGSTOP');
    const ncs = net.connect(port, '127.0.0.1');
    try {
      await once(ncs, 'connect');
      const tuple = {
        local: { address: '127.0.0.1', port: ncs.localPort ?? 0 },
        remote: { address: '127.0.0.1', port },
      };
      expect(observer.lookup([queryFor(tuple, 'device')])[0]).to.include({ state: 'ESTABLISHED', inode: 0 });
      const [listener] = observer.listeners([port]);
      expect(listener).to.deep.include({ endpoint: tuple.remote, waiting: 1 });
      expect(listener?.backlog).to.be.greaterThan(1);
      ncs.end('12345');
      const unread = () => observer.lookup([queryFor(tuple, 'device')])[0];
      await eventually('CLOSE_WAIT', () => unread()?.state === 'CLOSE_WAIT');
      expect(unread()?.receiveQueue, 'five bytes and a FIN').to.equal(6);
    } finally {
      ncs.destroy();
      child.kill('SIGKILL');
    }
  });

  it('answers hundreds of questions in their order', async () => {
    pair = await connectPair();
    const ours = queryFor(pair.tuple, 'ncs');
    const absent = { source: { ...ours.source, port: 1 }, destination: ours.destination };
    const queries = Array.from({ length: 333 }, (_, i) => (i % 3 === 0 ? ours : absent));
    const answers = observer.lookup(queries).map((reading) => reading !== null);
    pair.close();
    expect(answers).to.deep.equal(queries.map((query) => query === ours));
  });

  it('filters by more ports than the kernel takes at once, and by none', async () => {
    pair = await connectPair();
    const { port } = pair.tuple.remote;
    const ports = Array.from({ length: 500 }, (_, i) => 1 + i);
    const count = (asked: number[]) => observer.table(asked).length;
    expect(count([...ports, port])).to.equal(count([...ports.slice(0, 20), port]));
    expect(count([...ports, port])).to.be.greaterThan(2);
    expect(count([])).to.equal(0);
    pair.close();
  });

  it('says that it is blind when it is closed or asked nonsense, and goes on afterwards', async () => {
    pair = await connectPair();
    const nonsense = { source: { address: 'x', port: 1 }, destination: { address: 'y', port: 1 } };
    expect(() => observer.lookup([queryFor(pair.tuple, 'ncs'), nonsense])).to.throw('no literal address');
    expect(statesOf(observer, pair.tuple)).to.equal('ESTABLISHED/ESTABLISHED');
    const closed = openSockDiag();
    closed.close();
    expect(() => closed.lookup([queryFor(pair.tuple, 'ncs')])).to.throw('the netlink socket is closed');
    pair.close();
  });

  it('says why it is not there without koffi', () => {
    process.env['MOS_CONFORMANCE_NO_KOFFI'] = '1';
    try {
      expect(SockDiagObserver.open()).to.have.property('unavailable').that.contains('koffi');
    } finally {
      delete process.env['MOS_CONFORMANCE_NO_KOFFI'];
    }
  });
});
