import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Vantage } from '../../src/history/facts.ts';
import { History } from '../../src/history/history.ts';
import { ObserverBlind } from '../../src/observe/blind.ts';
import type { SocketObserver, SocketReading } from '../../src/observe/observer.ts';
import { ProcObserver } from '../../src/observe/proc.ts';
import type { SockDiagObserver } from '../../src/observe/sockdiag/observer.ts';
import { SsObserver } from '../../src/observe/ss.ts';
import { Watcher } from '../../src/observe/watcher.ts';
import {
  connectPair,
  eventually,
  openSockDiag,
  recorded,
  stateFacts,
  statesOf,
  type Pair,
} from './support.ts';

const FAR_TUPLE = {
  local: { address: '10.0.0.1', port: 40000 },
  remote: { address: '10.0.0.2', port: 10540 },
};

const reading = (state: SocketReading['state'], more: Partial<SocketReading> = {}): SocketReading => ({
  state,
  inode: 7,
  uid: 0,
  receiveQueue: 0,
  sendQueue: 0,
  timer: 'none',
  ...more,
});

/** An observer whose answers for our end and the device's the test sets. */
class Puppet implements SocketObserver {
  readonly means = 'sock_diag';
  ncs: SocketReading | null = reading('ESTABLISHED');
  device: SocketReading | null = null;
  failure: Error | undefined;
  asked = 0;

  lookup(queries: Parameters<SocketObserver['lookup']>[0]): (SocketReading | null)[] {
    this.asked += queries.length;
    if (this.failure) throw this.failure;
    return queries.map(({ source }) => (source.port === FAR_TUPLE.local.port ? this.ncs : this.device));
  }
  listeners(): [] {
    return [];
  }
  table(): [] {
    return [];
  }
  close(): void {}
}

/** ms in which the looks are counted. */
const WINDOW_MS = 300;

/** Looks in a window at which nothing is hurried any more. */
const REST = 13;

describe('watching real connections', function () {
  let observer: SockDiagObserver;
  let history: History;
  let watcher: Watcher;
  let pair: Pair;

  before(function () {
    if (process.platform !== 'linux') this.skip();
    observer = openSockDiag();
  });
  after(() => observer?.close());
  beforeEach(async () => {
    history = new History();
    watcher = new Watcher({ history, observer });
    pair = await connectPair();
    watcher.watch('c', pair.tuple);
  });
  afterEach(() => {
    watcher.stop();
    pair.close();
  });
  /** A FIN that waits 40 ms for its acknowledgement shows states that nobody can rely on. */
  const stable = (vantage: Vantage): string =>
    recorded(history, vantage)
      .filter((state) => !['FIN_WAIT_1', 'LAST_ACK'].includes(state))
      .join(' ');
  const ends = (): string => `${stable('ncs')} / ${stable('device')}`;
  const reach = (expected: string) =>
    eventually(
      () => `${expected}, but ${ends()}`,
      () => ends() === expected,
    );

  it('sees both ends alive before anything else happens', () => {
    expect(ends()).to.equal('ESTABLISHED / ESTABLISHED');
  });

  it('records the leak of the device', async () => {
    pair.ncs.end();
    await reach('ESTABLISHED FIN_WAIT_2 / ESTABLISHED CLOSE_WAIT');
  });

  it('records a release that we began, in stable states', async () => {
    pair.ncs.end();
    await reach('ESTABLISHED FIN_WAIT_2 / ESTABLISHED CLOSE_WAIT');
    pair.device.end();
    await reach('ESTABLISHED FIN_WAIT_2 TIME_WAIT / ESTABLISHED CLOSE_WAIT none');
  });

  it('records a release that the device began', async () => {
    pair.device.end();
    await reach('ESTABLISHED CLOSE_WAIT / ESTABLISHED FIN_WAIT_2');
    pair.ncs.end();
    await reach('ESTABLISHED CLOSE_WAIT none / ESTABLISHED FIN_WAIT_2 TIME_WAIT');
  });

  it('records an orphan as such', async () => {
    pair.ncs.destroy();
    await reach('ESTABLISHED FIN_WAIT_2 / ESTABLISHED CLOSE_WAIT');
    const orphan = stateFacts(history.facts).find(({ state }) => state === 'FIN_WAIT_2');
    expect(orphan).to.include({ inode: 0, means: 'sock_diag', evidence: 'observed' });
  });

  it('encloses each change between two looks', async () => {
    watcher.sampleNow();
    const before = performance.now() * 1000;
    pair.ncs.end();
    await reach('ESTABLISHED FIN_WAIT_2 / ESTABLISHED CLOSE_WAIT');
    const after = performance.now() * 1000;
    for (const fact of stateFacts(history.facts).slice(2)) {
      expect(fact.sinceUs).to.be.lessThan(fact.us);
      expect(fact.us).to.be.within(before, after);
      expect(fact.sinceUs).to.be.lessThan(after);
    }
  });

  it('forgets a connection once both ends have been final for a while, and then does no work', async () => {
    pair.ncs.resetAndDestroy();
    await reach('ESTABLISHED none / ESTABLISHED none');
    const samples = await eventually('rest', async () => {
      const before = watcher.stats('ncs').samples;
      await sleep(40);
      return watcher.stats('ncs').samples === before ? before : undefined;
    });
    watcher.sampleNow();
    expect(watcher.stats('ncs').samples).to.equal(samples);
  });

  it('ends with unwatch', async () => {
    watcher.unwatch('c');
    pair.ncs.end();
    await eventually('the leak', () => statesOf(observer, pair.tuple) === 'FIN_WAIT_2/CLOSE_WAIT');
    watcher.sampleNow();
    expect(ends()).to.equal('ESTABLISHED / ESTABLISHED');
  });

  for (const slow of [new SsObserver(), new ProcObserver()]) {
    it(`works with the slow means ${slow.means}`, async () => {
      watcher.stop();
      history = new History();
      watcher = new Watcher({ history, observer: slow });
      watcher.watch('c', pair.tuple);
      await reach('ESTABLISHED / ESTABLISHED');
      pair.ncs.end();
      await reach('ESTABLISHED FIN_WAIT_2 / ESTABLISHED CLOSE_WAIT');
      pair.device.end();
      await Promise.all([watcher.sampleNow(), watcher.sampleNow()]);
      await reach('ESTABLISHED FIN_WAIT_2 TIME_WAIT / ESTABLISHED CLOSE_WAIT none');
    });
  }
});

describe('the watcher', () => {
  let history: History;
  let puppet: Puppet;
  let watcher: Watcher;

  beforeEach(() => {
    history = new History();
    puppet = new Puppet();
    watcher = new Watcher({ history, observer: puppet });
  });
  afterEach(() => watcher.stop());

  it('never says that an end is gone which it has not seen', () => {
    watcher.watch('c', FAR_TUPLE);
    for (let i = 0; i < 20; i++) watcher.sampleNow();
    puppet.ncs = null;
    watcher.sampleNow();
    expect(recorded(history, 'ncs')).to.deep.equal(['ESTABLISHED', 'none']);
    expect(recorded(history, 'device')).to.deep.equal([]);
  });

  it('gives up an end that never shows itself, and a connection without any', async () => {
    puppet.ncs = null;
    watcher.watch('c', FAR_TUPLE);
    await eventually('giving up', async () => {
      const before = puppet.asked;
      await sleep(30);
      return puppet.asked === before;
    });
    expect(history.facts).to.deep.equal([]);
  });

  it('looks twice before it says that an end is gone', () => {
    watcher.watch('c', FAR_TUPLE);
    const looks = [[null, null], [reading('ESTABLISHED')], [null, null], [null]];
    puppet.lookup = () => looks.shift() ?? [];
    watcher.sampleNow();
    expect(recorded(history, 'ncs')).to.deep.equal(['ESTABLISHED']);
    watcher.sampleNow();
    expect(recorded(history, 'ncs')).to.deep.equal(['ESTABLISHED', 'none']);
  });

  it('takes another socket with the same tuple for the end of the first', () => {
    puppet.ncs = reading('ESTABLISHED', { cookie: 1 });
    puppet.device = reading('ESTABLISHED', { inode: 8 });
    watcher.watch('c', FAR_TUPLE);
    puppet.ncs = reading('ESTABLISHED', { cookie: 2 });
    puppet.device = reading('ESTABLISHED', { inode: 9 });
    watcher.sampleNow();
    puppet.ncs = reading('CLOSE_WAIT', { cookie: 2 });
    watcher.sampleNow();
    expect(recorded(history, 'ncs')).to.deep.equal(['ESTABLISHED', 'none']);
    expect(recorded(history, 'device')).to.deep.equal(['ESTABLISHED', 'none']);
  });

  it('takes a tuple that comes back after TIME_WAIT for another connection, also without cookies', () => {
    watcher.watch('c', FAR_TUPLE);
    puppet.ncs = reading('TIME_WAIT', { inode: 0, timer: 'timewait' });
    watcher.sampleNow();
    puppet.ncs = reading('ESTABLISHED', { inode: 0 });
    watcher.sampleNow();
    watcher.sampleNow();
    expect(recorded(history, 'ncs')).to.deep.equal(['ESTABLISHED', 'TIME_WAIT', 'none']);
  });

  it('follows one socket through the smaller ones that Linux makes of it', () => {
    watcher.watch('c', FAR_TUPLE);
    puppet.ncs = reading('FIN_WAIT_2', { inode: 0, timer: 'timewait' });
    watcher.sampleNow();
    puppet.ncs = reading('TIME_WAIT', { inode: 0, timer: 'timewait' });
    watcher.sampleNow();
    expect(recorded(history, 'ncs')).to.deep.equal(['ESTABLISHED', 'FIN_WAIT_2', 'TIME_WAIT']);
  });

  it('records the moment at which the device accepts', () => {
    puppet.device = reading('ESTABLISHED', { inode: 0 });
    watcher.watch('c', FAR_TUPLE);
    puppet.device = reading('ESTABLISHED', { inode: 12 });
    watcher.sampleNow();
    watcher.sampleNow();
    const facts = stateFacts(history.of('c')).filter(({ vantage }) => vantage === 'device');
    expect(facts.map(({ inode }) => inode)).to.deep.equal([0, 12]);
  });

  it('that goes blind says so once, records nothing, and recovers', async () => {
    watcher.watch('c', FAR_TUPLE);
    puppet.failure = new ObserverBlind('netlink replies were lost');
    watcher.sampleNow();
    watcher.sampleNow();
    expect(watcher.stats('ncs').blind).to.equal('netlink replies were lost');
    const notes = history.facts.filter(({ kind }) => kind === 'note');
    expect(notes).to.have.length(1);
    expect(notes[0]).to.include({
      about: 'harness',
      text: 'The observer by sock_diag cannot see the sockets: netlink replies were lost.',
    });
    expect(recorded(history, 'ncs')).to.deep.equal(['ESTABLISHED']);
    puppet.failure = undefined;
    await eventually('recovery', () => watcher.stats('ncs').blind === undefined);
  });

  it('measures the largest gap, the one that lasts included', async () => {
    watcher.watch('c', FAR_TUPLE);
    await eventually('samples', () => watcher.stats('ncs').samples > 5);
    const end = performance.now() + 60;
    while (performance.now() < end);
    expect(watcher.stats('ncs').largestGapUs).to.be.greaterThan(60_000);
    watcher.stop();
    expect(watcher.stats('ncs').largestGapUs).to.be.greaterThan(60_000);
  });

  it('slows down when nothing happens and hurries when something does', async function () {
    this.timeout(8_000);
    watcher.watch('c', FAR_TUPLE);
    const asked = async (): Promise<number> => {
      const before = watcher.stats('ncs').samples;
      await sleep(WINDOW_MS);
      return watcher.stats('ncs').samples - before;
    };
    const busy = await asked();
    const idle = await eventually(
      'rest',
      async () => {
        const now = await asked();
        return now >= 1 && now <= REST ? now : undefined;
      },
      4_000,
    );
    expect(busy).to.be.greaterThan(1.5 * idle);
    history.record({ kind: 'act', connection: 'c', act: 'half-close' });
    expect(await asked()).to.be.greaterThan(1.5 * idle);
  });

  it('is not confused by whoever looks while a fact is recorded', () => {
    history.subscribe(() => {
      void watcher.sampleNow();
      watcher.unwatch('other');
    });
    watcher.watch('c', FAR_TUPLE);
    expect(recorded(history, 'ncs')).to.deep.equal(['ESTABLISHED']);
  });
});
