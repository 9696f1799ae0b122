import { expect } from 'chai';
import type { Socket } from 'node:net';
import type { TestResult } from '../../src/results/results.ts';
import { BEAT, message, peer } from './peer.ts';
import { openPeers, trial, trialTarget } from './trial.ts';

async function played(id: string, serve: (socket: Socket) => void): Promise<TestResult> {
  const { ports, close } = await openPeers(serve);
  try {
    const { of } = await trial(trialTarget({ ports: { upper: ports.upper } }), [id]);
    return of(`${id}@upper`);
  } finally {
    close();
  }
}

describe('an answer that does not come', function () {
  this.timeout(20_000);

  it('is missed although the device closed instead and the NCS came back on another connection', async () => {
    const result = await played(
      'LANE-13',
      peer((name, socket, count) => {
        if (name !== 'reqMachInfo' || count > 1) return false;
        socket.end();
        return true;
      }),
    );
    expect(result.verdict).to.equal('fail');
    expect(result.assertions[0]?.symptom).to.include({ code: 'closed-instead' });
  });

  it('did not come elsewhere where the device only sends heartbeats of its own there', async () => {
    const open: Socket[] = [];
    const result = await played('RC-05', (socket) => {
      const older = open.filter((one) => one.writable);
      socket.on('close', () => open.splice(open.indexOf(socket), 1));
      open.push(socket);
      peer(() => {
        if (older.length === 0) return false;
        for (const one of older) if (one.writable) one.write(message(BEAT));
        return true;
      })(socket);
    });
    const codes = result.assertions.flatMap(({ symptom }) => symptom?.code ?? []);
    expect(result.verdict).to.equal('fail');
    expect(codes).to.include('no-reply');
    expect(codes).not.to.include('answered-on-older');
  });
});
