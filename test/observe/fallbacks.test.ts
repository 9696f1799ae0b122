import { expect } from 'chai';
import { ObserverBlind } from '../../src/observe/blind.ts';
import { queryFor, type SocketObserver, type SocketReading } from '../../src/observe/observer.ts';
import { parseProc, ProcObserver } from '../../src/observe/proc.ts';
import { parseSs, SsObserver } from '../../src/observe/ss.ts';
import { connectPair, eventually, openSockDiag, readBoth, statesOf } from './support.ts';

const SS_OUTPUT = `LISTEN     0      511              *:10540               *:*     ino:33559 sk:6 cgroup:/ v6only:0 <->
LISTEN     0      128      127.0.0.1%lo:53           0.0.0.0:*     uid:101 ino:7 sk:1f
CLOSE-WAIT 1      0      [::ffff:127.0.0.1]:10540 [::ffff:127.0.0.1]:40000 uid:1000 ino:30968 sk:2 cgroup:/ -->
ESTAB      0      12     [2001:db8::1]:10541 [fe80::2%eth0]:40001 timer:(on,200ms,0) ino:9 sk:100000000
FIN-WAIT-2 0      0      127.0.0.1:2024  127.0.0.1:48284 timer:(timewait,59sec,0) ino:0 sk:3
ESTAB      0      5      10.0.0.1:1      10.0.0.2:2      timer:(persist,1.5sec,0) uid:0 ino:4 sk:5
UNCONN     0      0      127.0.0.1:5     0.0.0.0:*       ino:4 sk:8
`;

const PROC_HEADER =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

describe('ss', () => {
  it('is read with all its spellings of ends', () => {
    expect(parseSs(SS_OUTPUT).map(({ local, remote, state }) => [local, remote, state])).to.deep.equal([
      [{ address: '::', port: 10540 }, { address: '::', port: 0 }, 'LISTEN'],
      [{ address: '127.0.0.1', port: 53 }, { address: '0.0.0.0', port: 0 }, 'LISTEN'],
      [{ address: '127.0.0.1', port: 10540 }, { address: '127.0.0.1', port: 40000 }, 'CLOSE_WAIT'],
      [{ address: '2001:db8::1', port: 10541 }, { address: 'fe80::2', port: 40001 }, 'ESTABLISHED'],
      [{ address: '127.0.0.1', port: 2024 }, { address: '127.0.0.1', port: 48284 }, 'FIN_WAIT_2'],
      [{ address: '10.0.0.1', port: 1 }, { address: '10.0.0.2', port: 2 }, 'ESTABLISHED'],
    ]);
  });

  it('is read with its details', () => {
    const [, , closeWait, established, orphan, stuck] = parseSs(SS_OUTPUT);
    expect(closeWait).to.include({ receiveQueue: 1, inode: 30968, uid: 1000, timer: 'none', cookie: 2 });
    expect(established).to.include({ sendQueue: 12, timer: 'retransmit', cookie: 2 ** 32 });
    expect(orphan).to.include({ inode: 0, timer: 'timewait' });
    expect(stuck).to.include({ timer: 'probe' });
  });

  it('with a row that cannot be understood is not believed at all', () => {
    for (const row of [
      'WEIRD 0 0 127.0.0.1:1 127.0.0.1:2',
      'ESTAB 0 0 127.0.0.1:1',
      'ESTAB x 0 1.1.1.1:1 1.1.1.1:2',
    ]) {
      expect(() => parseSs(`${SS_OUTPUT}${row}\n`)).to.throw(ObserverBlind, 'cannot be understood');
    }
  });

  it('that is missing or fails says so', async () => {
    const ask = async (command: string): Promise<string> => {
      const error: unknown = await new SsObserver(command).table([1]).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(ObserverBlind);
      return (error as Error).message;
    };
    expect(await ask('no-such-command')).to.equal('the command no-such-command is not installed');
    expect(await ask('false')).to.equal('the command false failed (exit 1)');
  });
});

describe('/proc/net/tcp', () => {
  const any = () => true;
  const row = (text: string) => parseProc(`${PROC_HEADER}${text}\n`, any)[0];

  it('is read with queues, timer and owner', function () {
    if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) this.skip();
    const text =
      '   1: 0100007F:292C 0100007F:9C40 08 0000000A:00000001 03:0000175A 00000000  1000        0 30968 2 000000002dd0c6ad 20 4 0 10 -1';
    expect(row(text)).to.deep.equal({
      state: 'CLOSE_WAIT',
      local: { address: '127.0.0.1', port: 10540 },
      remote: { address: '127.0.0.1', port: 40000 },
      sendQueue: 10,
      receiveQueue: 1,
      timer: 'timewait',
      uid: 1000,
      inode: 30968,
    });
    const six =
      '   0: B80D0120000000000000000001000000:292C 0000000000000000FFFF00000100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 5 1';
    expect(row(six)).to.deep.include({
      local: { address: '2001:db8::1', port: 10540 },
      remote: { address: '127.0.0.1', port: 40000 },
    });
  });

  it('with a row that cannot be understood is not believed at all', () => {
    expect(() => row('   0: rubbish')).to.throw(ObserverBlind, 'cannot be understood');
    const strange =
      '   0: 0100007F:292C 0100007F:9C40 0D 00000000:00000000 00:00000000 00000000  0        0 5 1';
    expect(() => row(strange)).to.throw(ObserverBlind, 'unknown TCP state');
  });

  it('that cannot be read says so', async () => {
    const error: unknown = await new ProcObserver('/no/such/folder')
      .table([1])
      .catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ObserverBlind);
    expect((error as Error).message).to.equal('/no/such/folder/tcp cannot be read (ENOENT)');
  });
});

describe('the fallbacks and sock_diag', function () {
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  const fallbacks: SocketObserver[] = [new SsObserver(), new ProcObserver()];
  const steps = [
    { states: 'ESTABLISHED/ESTABLISHED', act: () => undefined },
    {
      states: 'FIN_WAIT_2/CLOSE_WAIT',
      act: (pair: Awaited<ReturnType<typeof connectPair>>) => pair.ncs.end(),
    },
    { states: 'TIME_WAIT/none', act: (pair: Awaited<ReturnType<typeof connectPair>>) => pair.device.end() },
  ];
  const comparable = (reading: SocketReading | null) => reading && { ...reading, cookie: undefined };

  for (const fallback of fallbacks) {
    for (const [host, address] of [
      ['127.0.0.1', '127.0.0.1'] as const,
      ['::1', '::1'] as const,
      ['::', '127.0.0.1'] as const,
    ]) {
      it(`agree: ${fallback.means}, ${address} to a listener on ${host}`, async () => {
        const sockDiag = openSockDiag();
        const pair = await connectPair(host, address);
        try {
          for (const { states, act } of steps) {
            act(pair);
            await eventually(states, () => statesOf(sockDiag, pair.tuple) === states);
            const queries = [queryFor(pair.tuple, 'ncs'), queryFor(pair.tuple, 'device')];
            const theirs = await fallback.lookup(queries);
            expect(theirs.map(comparable)).to.deep.equal(readBoth(sockDiag, pair.tuple).map(comparable));
          }
          const { port } = pair.tuple.remote;
          const listeners = await fallback.listeners([port]);
          const endpoints = listeners.map(({ endpoint, inode }) => ({ endpoint, inode }));
          expect(endpoints).to.deep.equal(
            sockDiag.listeners([port]).map(({ endpoint, inode }) => ({ endpoint, inode })),
          );
          expect(endpoints).to.have.length(1);
        } finally {
          pair.close();
          sockDiag.close();
        }
      });
    }
  }
});
