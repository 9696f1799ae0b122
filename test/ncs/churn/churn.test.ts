import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EngineName } from '../../../src/history/churn/report.ts';
import type { ChurnOptions, EndQuery } from '../../../src/ncs/churn/options.ts';
import { playChurn } from '../../../src/scenario/churn/play.ts';
import type { ChurnReport } from '../../../src/history/churn/report.ts';
import { failuresOf, imbalance } from '../../../src/history/churn/tally.ts';
import type { SockDiagObserver } from '../../../src/observe/sockdiag/observer.ts';
import { eventually, openSockDiag } from '../../observe/support.ts';
import { options, startPeer, withoutExtra, type Manner, type Peer } from './peer.ts';

const BALANCED = { opening: 0, asking: 0, ending: 0 };

const ENGINES: readonly EngineName[] = ['kernel', 'node'];

for (const engine of ENGINES) describeChurn(engine);

/** Every engine gives the same account of the same device. */
function describeChurn(engine: EngineName): void {
  describe(`churn on the engine ${engine}`, function () {
    this.timeout(20_000);
    let observer: SockDiagObserver;
    let peer: Peer | undefined;

    before(function () {
      if (process.platform !== 'linux') this.skip();
      observer = openSockDiag();
    });
    afterEach(() => peer?.close());
    after(() => observer?.close());

    const seen = (): Pick<ChurnOptions, 'lookUp'> => ({ lookUp: (ends) => observer.lookup(ends) });

    // Netlink is never slow, and how a thread goes blind is tried where threads are.
    const onNode: (title: string, test: () => Promise<void>) => void = engine === 'node' ? it : () => {};

    async function play(what: ChurnOptions): Promise<ChurnReport> {
      const report = await playChurn(what, { means: 'sock_diag', ...(engine === 'node' && { engine }) });
      expect(report.engine, report.whyNode).to.equal(engine);
      return withoutExtra(report);
    }

    async function churn(
      manner: (connection: number) => Manner,
      changes: Partial<ChurnOptions> = {},
    ): Promise<ChurnReport> {
      peer = await startPeer(manner);
      const report = await play(options(peer.port, { ...seen(), ...changes }));
      expect(imbalance(report.tally)).to.deep.equal(BALANCED);
      return report;
    }

    for (const closes of [['close'], ['half-close'], ['abort'], ['close', 'half-close', 'abort']] as const) {
      it(`accounts for every cycle that ends by ${closes.join(', ')}`, async () => {
        const { tally, ended } = await churn(() => 'answer', { closes, cycles: 300 });
        expect(ended).to.equal('cycles');
        expect(tally).to.include({ started: 300, opened: 300, asked: 300, answered: 300, released: 300 });
        expect(tally.endedBy.close + tally.endedBy['half-close'] + tally.endedBy.abort).to.equal(300);
      });
    }

    it('accounts for connections over IPv6', async () => {
      peer = await startPeer(() => 'answer', '::1');
      const remote = { address: '::1', port: peer.port };
      const { tally } = await play({ ...options(peer.port, seen()), remote });
      expect(tally).to.include({ answered: 60, released: 60 });
    });

    it('accounts for connections without data', async () => {
      const { tally, latencies } = await churn(() => 'answer', { requests: undefined as never });
      expect(tally).to.include({ opened: 60, asked: 0, answered: 0, released: 60 });
      expect(latencies.during).to.deep.equal([]);
    });

    it('does without any means but its own descriptors, and then keeps them behind the FIN', async () => {
      const { tally } = await churn((n) => (n === 30 ? 'leak' : 'answer'), { lookUp: undefined as never });
      expect(tally).to.include({ released: 59, left: 1 });
      expect(tally.endedBy).to.include({ close: 0, 'half-close': 60 });
      expect([...tally.leftIn]).to.deep.equal([['no FIN of the device', 1]]);
    });

    onNode('waits for a means that is slow', async () => {
      const lookUp = async (ends: readonly EndQuery[]): Promise<ReturnType<SockDiagObserver['lookup']>> => {
        await new Promise((resolve) => setTimeout(resolve, 3));
        return observer.lookup(ends);
      };
      const { tally } = await churn((n) => (n === 30 ? 'leak' : 'answer'), { lookUp });
      expect(tally).to.include({ released: 59, left: 1 });
    });

    it('compares before and after the burst, and holds a crowd in it', async () => {
      const { latencies } = await churn(() => 'answer', { cycles: 300, concurrency: 20 });
      expect([latencies.before.length, latencies.during.length]).to.deep.equal([20, 260]);
      expect(latencies.after.length).to.be.within(1, 20);
      expect(peer?.most()).to.be.within(16, 62);
    });

    const oneOf: [Manner, Record<string, number>][] = [
      ['leak', { answered: 60, left: 1, released: 59 }],
      ['late', { answered: 60, late: 1, released: 59 }],
      ['silent', { answered: 59, unanswered: 1, released: 60 }],
      ['close', { answered: 59, closedEarly: 1, released: 60 }],
      ['reset', { answered: 59, resetEarly: 1, released: 60 }],
      ['elsewhere', { answered: 59, misdirected: 1, released: 60 }],
      ['without ID', { answered: 60, misdirected: 0 }],
    ];
    for (const [manner, counts] of oneOf) {
      it(`counts one connection among sixty that is treated with "${manner}"`, async () => {
        // What is late can only be seen while others keep the churn going.
        const rate = manner === 'late' ? { rate: 25 } : {};
        const { tally, examples } = await churn((n) => (n === 30 ? manner : 'answer'), rate);
        expect(tally).to.include(counts);
        expect(examples).to.have.length(failuresOf(tally) - tally.late);
      });
    }

    it('does not take messageIDs for addresses where the device gets them wrong from the start', async () => {
      const { tally } = await churn(() => 'wrong', { cycles: 100 });
      expect(tally).to.include({ answered: 100, misdirected: 0 });
    });

    it('finds one leak in five hundred connections, and says which and where', async () => {
      const { tally, leftAt, examples } = await churn((n) => (n === 321 ? 'leak' : 'answer'), {
        cycles: 500,
      });
      expect(tally).to.include({ released: 499, left: 1 });
      expect([...tally.leftIn]).to.deep.equal([['FIN_WAIT_2 here and CLOSE_WAIT at the device', 1]]);
      expect(leftAt).to.have.length(1);
      expect(examples[0]).to.match(/^connection \d+ from 127\.0\.0\.1:\d+: FIN_WAIT_2 here/);
    });

    it('calls nothing a leak that stands within the release time', async () => {
      const { tally, mostOpen } = await churn(() => 'late', {
        releaseMs: 1_500,
        cycles: 100,
        concurrency: 1,
      });
      expect(tally).to.include({ released: 100, late: 0, left: 0 });
      expect(mostOpen).to.equal(62);
    });

    it('never has more connections than it may, those that are not released included', async () => {
      const { mostOpen } = await churn(() => 'late', {
        releaseMs: 1_500,
        mostOpen: 7,
        cycles: 21,
        restMs: 20,
      });
      expect(mostOpen).to.equal(7);
      expect(peer?.most()).to.be.at.most(7);
    });

    it('stops when the device is refuted, also where every place is taken by what it left', async () => {
      const silent = await churn(() => 'silent', { cycles: 500 });
      expect(silent.ended).to.equal('refuted');
      expect(silent.tally.started).to.be.below(40);
      peer?.close();
      const leaking = await churn(() => 'leak', { cycles: 500, mostOpen: 3 });
      expect(leaking).to.include({ ended: 'refuted' });
      expect(leaking.tally).to.include({ left: 3 });
    });

    it('has enough early where nothing is ever let go, and watches to the end all the same', async () => {
      let openWhenWatching = -1;
      const { ended, tally, durationMs } = await churn(() => 'leak', {
        ...{ cycles: 500, enoughMs: 1_000, releaseMs: 2_000 },
        onWatching: () => (openWhenWatching = peer?.most() ?? -1),
      });
      expect(ended).to.equal('refuted');
      expect(tally).to.include({ left: 62, released: 0, late: 0 });
      expect(durationMs).to.be.at.least(2_000);
      expect(openWhenWatching).to.equal(62);
    });

    it('has not had enough where one is let go, however late', async () => {
      const { ended, tally } = await churn((n) => (n === 3 ? 'answer' : 'late'), {
        ...{ cycles: 100, enoughMs: 50, releaseMs: 1_500 },
      });
      expect(ended).to.equal('cycles');
      expect(tally).to.include({ released: 100, left: 0 });
    });

    it('stops when nothing listens any more', async () => {
      peer = await startPeer(() => 'answer');
      const { port } = peer;
      peer.close();
      const { ended, tally } = await play(options(port, seen()));
      expect(ended).to.equal('refuted');
      expect(tally.refused).to.equal(tally.started);
      expect(imbalance(tally)).to.deep.equal(BALANCED);
    });

    it('ends at its time, but not before it has begun as many as it must', async () => {
      const { ended, tally } = await churn(() => 'late', {
        ...{ releaseMs: 1_500, mostOpen: 5, timeMs: 1, atLeast: 12, cycles: 500, concurrency: 5 },
      });
      expect(ended).to.equal('time');
      expect(tally.started).to.be.within(12, 40);
      expect(tally.released).to.equal(tally.started);
    });

    it('keeps to a rate', async () => {
      const { durationMs } = await churn(() => 'answer', { rate: 100, cycles: 31 });
      expect(durationMs).to.be.at.least(300);
    });

    it('breaks off when told to, and still accounts for everything', async () => {
      const controller = new AbortController();
      peer = await startPeer(() => 'silent');
      const running = play(
        options(peer.port, { ...seen(), signal: controller.signal, replyMs: 10_000, concurrency: 5 }),
      );
      await eventually('a connection', () => peer!.most() > 0);
      controller.abort();
      const { ended, tally } = await running;
      expect(ended).to.equal('interrupted');
      expect(imbalance(tally)).to.deep.equal(BALANCED);
      expect(tally.brokenOff.asking + tally.brokenOff.opening).to.be.at.least(1);
    });

    onNode('says that it went blind instead of calling anything left', async () => {
      let looks = 0;
      const lookUp = (ends: readonly EndQuery[]): ReturnType<SockDiagObserver['lookup']> => {
        if (++looks > 20) throw new Error('the kernel refuses to show its sockets');
        return observer.lookup(ends);
      };
      const { ended, why, tally } = await churn(() => 'answer', { lookUp, cycles: 500 });
      expect({ ended, why }).to.deep.equal({ ended: 'blind', why: 'the kernel refuses to show its sockets' });
      expect(failuresOf(tally)).to.equal(0);
    });

    it('meets the limit of its own descriptors and blames nobody', async () => {
      peer = await startPeer(() => 'answer');
      const script = fileURLToPath(new URL('./few-descriptors.ts', import.meta.url));
      const child = spawn(process.execPath, ['--import', 'tsx', script, String(peer.port), engine], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.on('data', (chunk) => (output += String(chunk)));
      await once(child, 'close');
      const { ended, why, failures, limited, balance, ...had } = JSON.parse(output) as Record<
        string,
        unknown
      >;
      expect({ ended, failures, balance }).to.deep.equal({ ended: 'limit', failures: 0, balance: BALANCED });
      expect(had).to.deep.equal({ engine });
      expect(limited).to.be.at.least(1);
      expect(why).to.match(/EMFILE/);
    });
  });
}
