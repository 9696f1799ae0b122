import { expect } from 'chai';
import { openObserver, type Candidate } from '../../src/observe/choose.ts';
import { ObserverBlind } from '../../src/observe/blind.ts';
import type { SocketObserver, SocketReading } from '../../src/observe/observer.ts';

const LIVE: SocketReading = {
  state: 'ESTABLISHED',
  inode: 1,
  uid: 0,
  receiveQueue: 0,
  sendQueue: 0,
  timer: 'none',
};

function pretender(lookup: SocketObserver['lookup']): { candidate: Candidate; closed: () => boolean } {
  let closed = false;
  const observer: SocketObserver = {
    means: 'sock_diag',
    lookup,
    listeners: () => [],
    table: () => [],
    close: () => (closed = true),
  };
  return { candidate: { means: 'sock_diag', open: () => observer }, closed: () => closed };
}

describe('choosing an observer', function () {
  this.timeout(10_000);

  it('takes sock_diag where koffi is there', async function () {
    if (process.platform !== 'linux') this.skip();
    const { observer, tried } = await openObserver();
    expect(observer?.means).to.equal('sock_diag');
    expect(tried).to.deep.equal([]);
    observer?.close();
  });

  it('falls back to ss or /proc without koffi, and says why', async function () {
    if (process.platform !== 'linux') this.skip();
    process.env['MOS_CONFORMANCE_NO_KOFFI'] = '1';
    try {
      const { observer, tried } = await openObserver();
      expect(observer?.means).to.be.oneOf(['ss', 'proc']);
      expect(tried[0]).to.deep.equal({
        means: 'sock_diag',
        reason: 'koffi is switched off by MOS_CONFORMANCE_NO_KOFFI',
      });
    } finally {
      delete process.env['MOS_CONFORMANCE_NO_KOFFI'];
    }
  });

  it('rejects one that is blind for a live socket, and closes it', async () => {
    const blind = pretender((queries) => queries.map(() => null));
    const { observer, tried } = await openObserver([blind.candidate]);
    expect(observer).to.equal(undefined);
    expect(tried).to.deep.equal([
      { means: 'sock_diag', reason: 'it says that there is no socket for a live connection of our own' },
    ]);
    expect(blind.closed()).to.equal(true);
  });

  it('rejects one that sees only one end, that never sees the end, and that throws', async () => {
    const reasons = async (lookup: SocketObserver['lookup']) =>
      (await openObserver([pretender(lookup).candidate])).tried[0]?.reason;
    expect(await reasons(() => [LIVE, null])).to.contain(
      'shows ESTABLISHED and no socket for a live connection',
    );
    expect(await reasons(async () => [LIVE, LIVE])).to.contain(
      'still shows ESTABLISHED and ESTABLISHED after',
    );
    const refuse = (): never => {
      throw new ObserverBlind('the kernel refuses to show its sockets (EPERM)');
    };
    expect(await reasons(refuse)).to.equal('the kernel refuses to show its sockets (EPERM)');
  });
});
