import { expect } from 'chai';
import type { SocketState } from '../../src/history/facts.ts';
import type { TableRow } from '../../src/observe/tables/table.ts';
import { joinTables, joinWithin, type Joined } from '../../src/diagnosis/join.ts';

function row(local: string, remote: string, state: SocketState = 'ESTABLISHED'): TableRow {
  const end = (text: string): { address: string; port: number } => {
    const at = text.lastIndexOf(':');
    return { address: text.slice(0, at), port: Number(text.slice(at + 1)) };
  };
  return { line: 1, state, word: state, local: end(local), remote: end(remote) };
}

const brief = ({ ncs, device, by }: Joined): string => {
  const end = (one: Joined['ncs']): string => (typeof one === 'object' ? String(one.local.port) : one);
  return `${end(ncs)} ${end(device)} ${by}`;
};

describe('joining two tables', () => {
  it('joins by both addresses and ports', () => {
    const joined = joinTables(
      [row('192.0.2.10:50001', '192.0.2.20:10541'), row('192.0.2.10:50002', '192.0.2.20:10541')],
      [row('192.0.2.20:10541', '192.0.2.10:50002'), row('192.0.2.20:10541', '192.0.2.10:50001')],
    );
    expect(joined.connections.map(brief)).to.deep.equal(['50001 10541 tuple', '50002 10541 tuple']);
  });

  it('takes what is missing at a host whose table is at hand for absent, at another host for unseen', () => {
    const { connections } = joinTables(
      [
        row('192.0.2.10:50001', '192.0.2.20:10541'),
        row('192.0.2.10:50002', '192.0.2.20:10541'),
        row('192.0.2.10:50003', '192.0.2.99:10541'),
      ],
      [
        row('192.0.2.20:10541', '192.0.2.10:50001'),
        row('192.0.2.20:10541', '192.0.2.10:50009'),
        row('192.0.2.20:10541', '192.0.2.77:50001'),
      ],
    );
    expect(connections.map(brief)).to.deep.equal([
      '50001 10541 tuple',
      '50002 absent alone',
      '50003 unseen alone',
      'absent 10541 alone',
      'unseen 10541 alone',
    ]);
  });

  it('joins by the ports through NAT, and where only one connection has them', () => {
    const { connections, related } = joinTables(
      [
        row('10.0.0.5:50001', '198.51.100.20:10541'),
        row('10.0.0.5:50002', '198.51.100.20:10541'),
        row('10.0.0.6:50002', '198.51.100.20:10541'),
      ],
      [row('192.0.2.20:10541', '203.0.113.1:50001'), row('192.0.2.20:10541', '203.0.113.1:50002')],
    );
    expect(related).to.equal(true);
    expect(connections.map(brief)).to.deep.equal([
      '50001 10541 ports',
      '50002 absent alone',
      '50002 absent alone',
      'absent 10541 alone',
    ]);
  });

  it('joins names by their ports, but not addresses that cannot be translated since others match', () => {
    const { connections } = joinTables(
      [
        row('newsroom:50001', 'prompter:10541'),
        row('192.0.2.10:50002', '192.0.2.20:10541'),
        row('192.0.2.10:50003', '192.0.2.30:10541'),
      ],
      [
        row('192.0.2.20:10541', '192.0.2.10:50001'),
        row('192.0.2.20:10541', '192.0.2.10:50002'),
        row('192.0.2.20:10541', '192.0.2.44:50003'),
      ],
    );
    expect(connections.map(brief)).to.deep.equal([
      '50002 10541 tuple',
      '50001 10541 ports',
      '50003 unseen alone',
      'unseen 10541 alone',
    ]);
  });

  it('says that tables without a common connection are not related', () => {
    const ncs = [row('192.0.2.10:50001', '192.0.2.20:10541')];
    const { connections, related } = joinTables(ncs, [row('192.0.2.20:10541', '192.0.2.10:60001')]);
    expect(related).to.equal(false);
    expect(connections.map(brief)).to.deep.equal(['50001 unseen alone', 'unseen 10541 alone']);
    expect(joinTables(ncs, []).related).to.equal(true);
  });

  it('counts a connection once where both tables come from one host', () => {
    const both = [row('127.0.0.1:10541', '127.0.0.1:40001'), row('127.0.0.1:40001', '127.0.0.1:10541')];
    const { connections } = joinTables(both, both);
    expect(connections.map(brief)).to.deep.equal(['40001 10541 tuple']);
  });

  it('takes the later of two rows with the same ends: the table was pasted twice', () => {
    const { connections } = joinTables(
      [
        row('192.0.2.10:50001', '192.0.2.20:10541'),
        row('192.0.2.10:50001', '192.0.2.20:10541', 'FIN_WAIT_2'),
      ],
      [row('192.0.2.20:10541', '192.0.2.10:50001', 'CLOSE_WAIT')],
    );
    expect(connections).to.have.length(1);
    expect(connections[0]?.ncs).to.include({ state: 'FIN_WAIT_2' });
  });
});

describe('joining within one table', () => {
  it('joins both ends of a loopback connection, the MOS port being the device', () => {
    const rows = [row('127.0.0.1:10541', '127.0.0.1:40001'), row('127.0.0.1:40001', '127.0.0.1:10541')];
    expect(joinWithin(rows, 'ncs').map(brief)).to.deep.equal(['40001 10541 tuple']);
    expect(joinWithin([...rows].reverse(), 'device').map(brief)).to.deep.equal(['40001 10541 tuple']);
  });

  it('leaves the rest alone on the side whose table it is', () => {
    const rows = [row('192.0.2.10:50001', '192.0.2.20:10541')];
    expect(joinWithin(rows, 'ncs').map(brief)).to.deep.equal(['50001 unseen alone']);
    expect(joinWithin(rows, 'device').map(brief)).to.deep.equal(['unseen 50001 alone']);
  });

  it('does not join a connection with itself', () => {
    expect(joinWithin([row('127.0.0.1:10541', '127.0.0.1:10541')], 'ncs').map(brief)).to.deep.equal([
      '10541 unseen alone',
    ]);
  });
});
