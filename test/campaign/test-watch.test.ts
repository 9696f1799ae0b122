import { expect } from 'chai';
import type { SocketState, TcpState, Vantage } from '../../src/history/facts.ts';
import { History } from '../../src/history/history.ts';
import { ObserverBlind } from '../../src/observe/blind.ts';
import type { SocketObserver, SocketQuery, SocketReading } from '../../src/observe/observer.ts';
import { TestWatch } from '../../src/campaign/test-watch.ts';
import { VantageAccount } from '../../src/campaign/vantage-account.ts';
import { stateFacts } from '../observe/support.ts';

const TUPLE = {
  local: { address: '192.0.2.1', port: 40_000 },
  remote: { address: '192.0.2.2', port: 10_541 },
};

/** A kernel in which every socket that it is asked about is in one state. */
class Kernel implements SocketObserver {
  readonly means: SocketObserver['means'];
  readonly asked: SocketQuery[] = [];
  state: TcpState | undefined = 'ESTABLISHED';
  failure: Error | undefined;

  constructor(means: SocketObserver['means']) {
    this.means = means;
  }
  lookup(queries: readonly SocketQuery[]): (SocketReading | null)[] | Promise<(SocketReading | null)[]> {
    if (this.failure) throw this.failure;
    this.asked.push(...queries);
    const { state } = this;
    const rest = { inode: 7, uid: 0, receiveQueue: 0, sendQueue: 0, timer: 'none' } as const;
    return queries.map(() => (state ? { state, ...rest } : null));
  }
  listeners(): [] {
    return [];
  }
  table(): [] {
    return [];
  }
  close(): void {}
}

/** The same, asked over a line that takes its time. */
class FarKernel extends Kernel {
  override async lookup(queries: readonly SocketQuery[]): Promise<(SocketReading | null)[]> {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return super.lookup(queries);
  }
}

describe('watching the connections of a test', () => {
  let history: History;
  let watch: TestWatch;
  let accounts: Record<Vantage, VantageAccount>;

  function open(observers: Record<Vantage, SocketObserver | undefined>, infers = true): void {
    history = new History();
    accounts = {
      ncs: new VantageAccount('ncs', { observer: observers.ncs, tried: [] }),
      device: new VantageAccount('device', { observer: observers.device, tried: [] }),
    };
    watch = new TestWatch({ history, accounts, infers, whyNotAbsent: () => undefined });
  }
  afterEach(() => watch.stop());

  const told = (vantage: Vantage): [SocketState, string][] =>
    stateFacts(history.facts).flatMap((fact) =>
      fact.vantage === vantage ? [[fact.state, fact.means] as [SocketState, string]] : [],
    );

  it('asks the observer of each vantage about its own end', async () => {
    const ours = new Kernel('sock_diag');
    const theirs = new FarKernel('proc');
    open({ ncs: ours, device: theirs });
    watch.watch('c', TUPLE);
    await watch.look();
    expect(told('ncs')).to.deep.equal([['ESTABLISHED', 'sock_diag']]);
    expect(told('device')).to.deep.equal([['ESTABLISHED', 'proc']]);
    expect(ours.asked.every(({ source }) => source.port === TUPLE.local.port)).to.equal(true);
    expect(theirs.asked.every(({ source }) => source.port === TUPLE.remote.port)).to.equal(true);
    expect([accounts.ncs.seen, accounts.device.seen]).to.deep.equal([true, true]);
  });

  it('asks one observer of both vantages about both ends in one look', () => {
    const kernel = new Kernel('sock_diag');
    let lookups = 0;
    const lookup = kernel.lookup.bind(kernel);
    kernel.lookup = (queries) => {
      lookups += 1;
      return lookup(queries);
    };
    open({ ncs: kernel, device: kernel });
    watch.watch('c', TUPLE);
    expect(lookups).to.equal(1);
    expect(told('device')).to.deep.equal([['ESTABLISHED', 'sock_diag']]);
  });

  it('looks at both ends of a connection with a peer of our own here, and infers nothing of it', async () => {
    const ours = new Kernel('sock_diag');
    const theirs = new Kernel('proc');
    open({ ncs: ours, device: theirs });
    ours.state = 'CLOSE_WAIT';
    watch.watch('own', TUPLE, 'own');
    await watch.look();
    expect(told('device')).to.deep.equal([['CLOSE_WAIT', 'sock_diag']]);
    expect(theirs.asked).to.deep.equal([]);
    expect([accounts.device.watched, accounts.device.seen]).to.deep.equal([false, false]);
  });

  it('infers what nobody sees, but not behind a proxy', async () => {
    for (const infers of [true, false]) {
      const ours = new Kernel('sock_diag');
      ours.state = 'CLOSE_WAIT';
      open({ ncs: ours, device: undefined }, infers);
      watch.watch('c', TUPLE);
      await watch.look();
      await Promise.resolve();
      expect(told('device')).to.deep.equal(infers ? [['FIN_WAIT_2', 'inference']] : []);
      watch.stop();
      expect(accounts.device.inferred).to.equal(infers ? 1 : 0);
    }
  });

  it('gives each vantage an account of its own', async () => {
    const ours = new Kernel('sock_diag');
    const theirs = new Kernel('proc');
    open({ ncs: ours, device: theirs });
    watch.watch('c', TUPLE);
    theirs.failure = new ObserverBlind('the line is dead');
    await watch.look();
    expect(watch.sight().blind).to.deep.equal({ device: 'the line is dead' });
    watch.stop();
    const [ncs] = accounts.ncs.result();
    const [device] = accounts.device.result();
    expect(ncs).to.include({ means: 'sock_diag', vantage: 'ncs' }).and.not.to.have.property('note');
    expect(device).to.include({ means: 'proc', vantage: 'device', note: 'the line is dead' });
    expect(ncs?.samples).to.be.greaterThan(device?.samples ?? Infinity);
  });

  it('asks no observer that is no witness', () => {
    const ours = new Kernel('sock_diag');
    open({ ncs: ours, device: ours });
    watch.stop();
    accounts.ncs.distrust('it did not see our own peer');
    watch = new TestWatch({ history, accounts, infers: true, whyNotAbsent: () => undefined });
    watch.watch('c', TUPLE);
    expect(told('ncs')).to.deep.equal([]);
    expect(told('device')).to.deep.equal([['ESTABLISHED', 'sock_diag']]);
    expect(accounts.ncs.result()[0]?.note).to.equal('it did not see our own peer');
  });
});
