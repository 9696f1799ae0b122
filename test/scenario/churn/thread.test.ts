import { expect } from 'chai';
import { fileURLToPath } from 'node:url';
import type { ChurnReport } from '../../../src/history/churn/report.ts';
import { failuresOf, imbalance } from '../../../src/history/churn/tally.ts';
import { isUnavailable, type Unavailable } from '../../../src/native/koffi.ts';
import type { ChurnOptions } from '../../../src/ncs/churn/options.ts';
import { churnInThread } from '../../../src/scenario/churn/thread.ts';
import { eventually } from '../../observe/support.ts';
import { options, startPeer, type Manner, type Peer } from '../../ncs/churn/peer.ts';
import type { BrokenOrder } from './threads/broken.ts';

const ENTRY = fileURLToPath(new URL('./threads/broken.ts', import.meta.url));

describe('the thread of a churn', function () {
  this.timeout(20_000);
  let peer: Peer | undefined;

  before(function () {
    if (process.platform !== 'linux') this.skip();
  });
  afterEach(() => peer?.close());

  async function churn(
    fails: BrokenOrder['options']['fails'],
    changes: Partial<ChurnOptions> = {},
    manner: Manner = 'answer',
  ): Promise<ChurnReport | Unavailable> {
    peer = await startPeer(() => manner);
    const given = { ...options(peer.port), cycles: 1_000_000, ...changes, fails };
    return churnInThread(given, true, ENTRY);
  }

  /** What is left of a churn whose thread failed adds up, and blames nobody. */
  function expectLost(report: ChurnReport | Unavailable, why: RegExp): void {
    if (isUnavailable(report)) throw new Error(report.unavailable);
    expect(report).to.include({ engine: 'kernel', ended: 'limit' });
    expect(report.why).to.match(why);
    expect(failuresOf(report.tally)).to.equal(0);
    expect(report.tally.started).to.be.at.least(1);
    expect(imbalance(report.tally)).to.deep.equal({ opening: 0, asking: 0, ending: 0 });
  }

  it('that throws leaves its last account and one reason', async () => {
    expectLost(await churn('throws'), /^the thread of the churn failed \(a fault of ours\)$/);
  });

  it('that exits leaves its last account and one reason', async () => {
    expectLost(await churn('exits'), /^the thread of the churn ended by itself \(code 7\)$/);
  });

  it('that does not break off when it is told to is ended', async () => {
    const controller = new AbortController();
    const running = churn('is deaf', { signal: controller.signal });
    await eventually('a connection', () => (peer?.most() ?? 0) > 0);
    controller.abort();
    expectLost(await running, /^the thread of the churn did not break off/);
  });

  it('that cannot begin says why', async () => {
    const report = await churn('at once');
    const unavailable = 'the thread of the churn failed (nothing can be done here)';
    expect(report).to.deep.equal({ unavailable });
  });

  it('says that it went blind instead of calling anything left', async () => {
    const report = await churn('goes blind', { cycles: 500 });
    expect(report).to.include({ ended: 'blind', why: 'the kernel refuses to show its sockets' });
    expect(!isUnavailable(report) && failuresOf(report.tally)).to.equal(0);
  });

  it('does one churn after the other', async () => {
    for (const cycles of [20, 30]) {
      peer = await startPeer(() => 'answer');
      const report = await churnInThread(options(peer.port, { cycles }), true);
      expect(!isUnavailable(report) && report.tally.released).to.equal(cycles);
      peer.close();
    }
  });

  it('breaks off at once where the signal says so before it began', async () => {
    const controller = new AbortController();
    controller.abort();
    peer = await startPeer(() => 'answer');
    const report = await churnInThread(options(peer.port, { signal: controller.signal }), true);
    expect(report).to.include({ ended: 'interrupted' });
  });
});
