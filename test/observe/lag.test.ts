import { expect } from 'chai';
import { setImmediate as turn } from 'node:timers/promises';
import { LagMonitor } from '../../src/observe/lag.ts';
import { eventually } from './support.ts';

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('the lag monitor', () => {
  it('sees a blocked event loop, at once and afterwards, until it is marked', async () => {
    const monitor = new LagMonitor();
    try {
      block(80);
      expect(monitor.largestUs).to.be.within(60_000, 1_000_000);
      await turn();
      block(1);
      expect(monitor.largestUs).to.be.greaterThan(60_000);
      await eventually('calm', () => {
        const largest = monitor.largestUs;
        monitor.mark();
        return largest < 40_000;
      });
    } finally {
      monitor.stop();
    }
  });
});
