import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { nowUs } from '../../src/history/clock.ts';
import { inVirtualTime } from './virtual-time.ts';

describe('virtual time', () => {
  it('lets hours pass at once, in the order in which timers are due', async () => {
    const told: string[] = [];
    const startUs = nowUs();
    await inVirtualTime(async () => {
      setTimeout(() => told.push('later'), 3_600_000);
      const every = setInterval(() => told.push('again'), 1_000_000);
      const never = setTimeout(() => told.push('never'), 10);
      clearTimeout(never);
      await pause(2_500_000);
      told.push('paused');
      clearInterval(every);
      await pause(3_000_000);
    });
    expect(told).to.deep.equal(['again', 'again', 'paused', 'later']);
    expect(nowUs() - startUs).to.be.below(5_000_000);
  });

  it('stands still while something can go on', async () => {
    const tookMs = await inVirtualTime(async () => {
      const startUs = nowUs();
      setTimeout(() => {}, 1_000);
      const busyUntil = Date.now() + 50;
      while (Date.now() < busyUntil) await nextTurn();
      return (nowUs() - startUs) / 1_000;
    });
    expect(tookMs).to.be.below(1);
  });

  it('no two looks at its clock are the same', async () => {
    const [first, second] = await inVirtualTime(() => Promise.resolve([nowUs(), nowUs()]));
    expect(second).to.be.above(first ?? 0);
  });

  it('ends a pause by its signal', async () => {
    const tookMs = await inVirtualTime(async () => {
      const startUs = nowUs();
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 20_000);
      await pause(60_000, undefined, { signal: controller.signal }).catch(() => {});
      return (nowUs() - startUs) / 1_000;
    });
    expect(tookMs).to.be.within(20_000, 20_001);
  });

  it('waits for nobody where only timers are left that nobody waits for', async () => {
    let ticks = 0;
    await inVirtualTime(async () => {
      setInterval(() => (ticks += 1), 10).unref();
      const { promise, resolve } = later();
      process.nextTick(resolve);
      await promise;
    });
    expect(ticks).to.equal(0);
  });

  it('gives the real clock back, after a failure too', async () => {
    const { setTimeout: real } = globalThis;
    const failed = await inVirtualTime(() => Promise.reject(new Error('broken'))).catch(
      (error: Error) => error,
    );
    expect(failed).to.have.property('message', 'broken');
    expect(globalThis.setTimeout).to.equal(real);
    expect(Object.hasOwn(performance, 'now')).to.equal(false);
  });

  it('tells what a timer throws', async () => {
    const work = inVirtualTime(async () => {
      setTimeout(() => {
        throw new Error('in a timer');
      }, 10);
      await pause(20);
    });
    expect(await work.catch((error: Error) => error.message)).to.equal('in a timer');
  });
});

function later(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
