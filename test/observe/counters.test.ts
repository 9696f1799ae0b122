import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { absenceProves, readHostCounters, type HostCounters } from '../../src/observe/counters.ts';

const CALM: HostCounters = {
  timeWaitOverflow: 3,
  abortOnMemory: 1,
  listenOverflows: 0,
  timeWait: 10,
  orphans: 2,
  tcpMaxOrphans: 100,
};

describe('the counters of this host', () => {
  it('are read on Linux', function () {
    if (process.platform !== 'linux') this.skip();
    const counters = readHostCounters();
    expect(counters).to.include.keys('timeWaitOverflow', 'abortOnMemory', 'timeWait', 'orphans');
    for (const value of Object.values(counters ?? {})) expect(value).to.be.a('number').that.is.at.least(0);
  });

  describe('in files', () => {
    let root: string;
    const netstat = (names: string, values: string) =>
      writeFileSync(
        join(root, 'net/netstat'),
        `TcpExt: ${names}\nTcpExt: ${values}\nIpExt: InOctets\nIpExt: 5\n`,
      );

    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), 'counters-'));
      mkdirSync(join(root, 'net'));
      writeFileSync(
        join(root, 'net/sockstat'),
        'sockets: used 15\nTCP: inuse 1 orphan 4 tw 9 alloc 1 mem 3\n',
      );
    });
    afterEach(() => rmSync(root, { recursive: true }));

    it('are matched by name, and limits that cannot be read are left out', () => {
      netstat('SyncookiesSent TCPAbortOnMemory ListenOverflows TCPTimeWaitOverflow', '1 2 3 4');
      expect(readHostCounters(root)).to.deep.equal({
        timeWaitOverflow: 4,
        abortOnMemory: 2,
        listenOverflows: 3,
        orphans: 4,
        timeWait: 9,
      });
    });

    it('that are not there are not invented', () => {
      netstat('SyncookiesSent', '1');
      expect(readHostCounters(root)).to.equal(undefined);
      expect(readHostCounters(join(root, 'missing'))).to.equal(undefined);
    });
  });

  it('let absence prove something while nothing overflows', () => {
    expect(absenceProves(CALM, { ...CALM, timeWait: 20, listenOverflows: 4 })).to.equal(true);
  });

  const reasons: [Partial<HostCounters> | undefined, string][] = [
    [{ timeWaitOverflow: 5 }, '2 connections skipped TIME_WAIT because its table is full'],
    [{ abortOnMemory: 2 }, 'the kernel gave up 1 closed connections because it has too many of them'],
    [{ abortOnMemory: 0 }, 'the counters of the kernel were reset meanwhile'],
    [{ orphans: 100 }, 'there are 100 orphaned sockets and the kernel keeps 100'],
    [undefined, 'this system does not show whether its socket tables overflowed'],
  ];
  for (const [change, reason] of reasons) {
    it(`do not where ${reason}`, () => {
      expect(absenceProves(CALM, change && { ...CALM, ...change })).to.equal(reason);
    });
  }
});
