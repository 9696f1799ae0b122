import { expect } from 'chai';
import type { Socket } from 'node:net';
import { BEAT, message, peer } from './peer.ts';
import { HASTY_TIMES, openPeers, trial, trialTarget } from './trial.ts';

/** ms between two heartbeats that nobody has asked for; far more than an answer takes. */
const EVERY_MS = 400;

function beats(socket: Socket, everyMs: number, id = ''): void {
  const timer = setInterval(() => socket.writable && socket.write(message(BEAT, id)), everyMs);
  socket.on('close', () => clearInterval(timer));
}

describe('heartbeats of the device on connections of the newsroom', () => {
  for (const id of ['', '17']) {
    it(`are no answers, ${id === '' ? 'without a messageID' : 'with a messageID of its own'}`, async () => {
      const serve = peer();
      const { ports, close } = await openPeers((socket) => {
        if (socket.localPort !== ports.lower) return serve(socket);
        socket.resume().on('end', () => socket.end());
        beats(socket, EVERY_MS, id);
      });
      try {
        const { of } = await trial(trialTarget({ ports }), ['CON-01', 'HB-02', 'REL-01']);
        expect(of('CON-01@lower').verdict).to.equal('fail');
        expect(of('HB-02@lower').applicability).to.equal('not run');
        expect(of('HB-02@lower').reason).to.match(/^the lower port answers nothing \(CON-01@lower\)$/);
        expect(of('REL-01@lower').verdict).to.equal('pass');
        expect(of('CON-01@upper').verdict).to.equal('pass');
      } finally {
        close();
      }
    });
  }

  it('are no second answers of a device that answers as it should', async () => {
    const serve = peer();
    const { ports, close } = await openPeers((socket) => {
      // One comes right before each answer, which is when it could be taken for it.
      socket.on('data', () => socket.write(message(BEAT)));
      serve(socket);
    });
    try {
      const times = { ...HASTY_TIMES, replyTime: 2_000 };
      const { of } = await trial(trialTarget({ ports, times }), ['HB-08', 'ACK-01', 'ENV-06']);
      for (const key of ['HB-08@upper', 'ACK-01@upper', 'ENV-06@upper'])
        expect(`${key} ${of(key).verdict} ${of(key).reason}`).to.equal(`${key} pass `);
    } finally {
      close();
    }
  });
});
