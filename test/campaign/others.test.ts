import { expect } from 'chai';
import { otherPeers } from '../../src/campaign/others.ts';
import type { TcpState } from '../../src/history/facts.ts';
import type { SocketObserver, TableEntry } from '../../src/observe/observer.ts';

function entry(local: string, remote: string, state: TcpState = 'ESTABLISHED'): TableEntry {
  const end = (text: string): { address: string; port: number } => {
    const at = text.lastIndexOf(':');
    return { address: text.slice(0, at), port: Number(text.slice(at + 1)) };
  };
  const rest = { inode: 1, uid: 0, receiveQueue: 0, sendQueue: 0, timer: 'none' as const };
  return { local: end(local), remote: end(remote), state, ...rest };
}

function peers(address: string, table: TableEntry[]): Promise<string[]> {
  const observer: SocketObserver = {
    means: 'sock_diag',
    lookup: () => [],
    listeners: () => [],
    table: () => table,
    close: () => undefined,
  };
  return otherPeers(
    observer,
    { address, ports: { lower: 10_540, upper: 10_541 } },
    new Set(['192.0.2.10', 'fd00::10']),
  );
}

const listener = entry('::1:10541', '0.0.0.0:0', 'LISTEN');

describe('others who are connected to the device', () => {
  it('are seen at the ports of a device on this host, on whichever of its addresses', async () => {
    const table = [listener, entry('192.0.2.10:10541', '192.0.2.77:50112')];
    expect(await peers('127.0.0.1', table)).to.deep.equal(['192.0.2.77:50112 on port 10541']);
  });

  it('are counted once, though both ends are on this host', async () => {
    const table = [
      listener,
      entry('127.0.0.1:10541', '127.0.0.1:50112'),
      entry('127.0.0.1:50112', '127.0.0.1:10541'),
    ];
    expect(await peers('127.0.0.1', table)).to.deep.equal(['127.0.0.1:50112 on port 10541']);
  });

  it('are no connections of which only the device has kept its end', async () => {
    expect(await peers('127.0.0.1', [listener, entry('127.0.0.1:10541', '127.0.0.1:50112')])).to.deep.equal(
      [],
    );
  });

  it('are no sockets on their way out, and no calls from this host that happen to leave by such a port', async () => {
    const table = [
      listener,
      entry('127.0.0.1:10541', '127.0.0.1:50112', 'CLOSE_WAIT'),
      entry('127.0.0.1:10540', '127.0.0.1:8080'),
    ];
    expect(await peers('127.0.0.1', table)).to.deep.equal([]);
  });

  it('are seen from this end where another program here calls a device elsewhere', async () => {
    const table = [
      entry('192.0.2.10:40000', '192.0.2.20:10541'),
      entry('192.0.2.10:40001', '192.0.2.21:10541'),
    ];
    expect(await peers('192.0.2.20', table)).to.deep.equal(['192.0.2.10:40000 on port 10541']);
  });

  it('are told with brackets where they speak IPv6', async () => {
    const table = [listener, entry('fd00::10:10541', 'fd00::77:50112')];
    expect(await peers('::1', table)).to.deep.equal(['[fd00::77]:50112 on port 10541']);
  });
});
