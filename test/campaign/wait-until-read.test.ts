import { expect } from 'chai';
import { nowUs } from '../../src/history/clock.ts';
import { peer } from './peer.ts';
import { openPeers, trial, trialTarget } from './trial.ts';

/** ms that the peer takes before it reads: far more than HC-06 waits for its own sake. */
const BUSY_MS = 150;

describe('waiting until the device has read', () => {
  it('keeps the FIN from reaching a busy device together with the request', async () => {
    let reads: number[] = [];
    const serve = peer();
    const { ports, close } = await openPeers(
      (socket) => {
        socket.once('data', () => reads.push(nowUs()));
        serve(socket);
        socket.pause();
        setTimeout(() => socket.resume(), BUSY_MS);
      },
      { pauseOnConnect: true },
    );
    try {
      const target = trialTarget({ ports: { upper: ports.upper } });
      const { of } = await trial(target, ['HC-06'], { onTest: () => (reads = []) });
      const { startedUs, connections } = of('HC-06@upper');
      const states = connections.find(({ name }) => name === 'ncs')?.states ?? [];
      const ended = states.find(({ vantage, state }) => vantage === 'ncs' && state !== 'ESTABLISHED');
      expect(startedUs + (ended?.us ?? NaN)).to.be.greaterThan(reads[0] ?? Infinity);
    } finally {
      close();
    }
  });
});
