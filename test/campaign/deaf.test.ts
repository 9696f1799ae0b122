import { expect } from 'chai';
import { peer } from './peer.ts';
import { notesInto, openPeers, trial, trialTarget } from './trial.ts';

type Before = NonNullable<Parameters<typeof peer>[0]>;

/** What became of ST-02, and whether the history says that the answers of the device had to wait. */
async function playDeaf(before: Before): Promise<{ verdict: string; waited: boolean }> {
  const { ports, close } = await openPeers(peer(before));
  try {
    const notes: string[] = [];
    const { of } = await trial(trialTarget({ ports: { upper: ports.upper } }), ['ST-02'], {
      chronicle: notesInto(notes),
    });
    const { applicability, verdict } = of('ST-02@upper');
    return {
      verdict: applicability === 'selected' ? verdict : applicability,
      waited: notes.some((note) => note.endsWith('its answers wait for us')),
    };
  } finally {
    close();
  }
}

describe('an NCS that stops reading', () => {
  it('shows nothing where no answer of the device had to wait', async () => {
    const mute: Before = (_name, _socket, count) => count > 3;
    expect(await playDeaf(mute)).to.deep.equal({ verdict: 'not applicable', waited: false });
  });

  it('is over where the device ends the connection, which nobody reads', async () => {
    const closing: Before = (_name, socket) => {
      setImmediate(() => socket.end());
      return false;
    };
    expect((await playDeaf(closing)).verdict).to.equal('pass');
  });

  it('is over as soon as the answers have nowhere to go, whatever the device then does', async () => {
    expect(await playDeaf(() => false)).to.deep.equal({ verdict: 'pass', waited: true });
  });
});
