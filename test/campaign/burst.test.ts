import { expect } from 'chai';
import type { Socket } from 'node:net';
import { canBurst } from '../../src/ncs/burst.ts';
import { peer } from './peer.ts';
import { notesInto, openPeers, trial, trialTarget } from './trial.ts';

/** What became of AB-04, and what the history says of the bursts. */
async function playBurst(serve: (socket: Socket) => void): Promise<{ verdict: string; notes: string[] }> {
  const { ports, close } = await openPeers(serve);
  const notes: string[] = [];
  try {
    const { of } = await trial(trialTarget({ ports: { upper: ports.upper } }), ['AB-04'], {
      chronicle: notesInto(notes),
    });
    return { verdict: of('AB-04@upper').verdict, notes };
  } finally {
    close();
  }
}

describe('a burst of connections that are reset before they are accepted', () => {
  before(function () {
    if (!canBurst()) this.skip();
  });

  it('is seen to reach the device before its application has them, and a sound one goes on serving', async () => {
    const { verdict, notes } = await playBurst(peer());
    expect(verdict).to.equal('pass');
    expect(
      notes.some((note) => /[1-9]\d* of them seen at the device before it had accepted them/.test(note)),
    ).to.equal(true);
  });

  it('fails a peer that takes a connection without a peer for the end of the world', async () => {
    const serve = peer();
    let isDead = false;
    const { verdict } = await playBurst((socket) => {
      isDead ||= socket.remoteAddress === undefined;
      if (isDead) return void socket.destroy();
      serve(socket);
    });
    expect(verdict).to.equal('fail');
  });
});
