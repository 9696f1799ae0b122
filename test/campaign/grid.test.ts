import { expect } from 'chai';
import type { Socket } from 'node:net';
import type { TestResult } from '../../src/results/results.ts';
import { peer } from './peer.ts';
import { openPeers, trial, trialTarget, type Trial } from './trial.ts';

/** Plays the grid of the built-in suites against peers. */
async function playGrid(serve: (socket: Socket) => void): Promise<TestResult> {
  const { ports, close } = await openPeers(serve);
  try {
    const { of }: Trial = await trial(trialTarget({ ports: { upper: ports.upper } }), ['GRID-01']);
    return of('GRID-01@upper');
  } finally {
    close();
  }
}

/** A peer that never closes a connection whose bytes, as text, are so. */
function keeps(isMeant: (text: string) => boolean): (socket: Socket) => void {
  const serve = peer();
  return (socket) => {
    const decoder = new TextDecoder('utf-16be', { ignoreBOM: true });
    let text = '';
    socket.on('data', (bytes: Buffer) => (text += decoder.decode(bytes, { stream: true })));
    serve(socket);
    const close = socket.listeners('end').at(-1) as () => void;
    socket.off('end', close);
    socket.on('end', () => {
      if (!isMeant(text)) close();
    });
  };
}

function failures({ assertions }: TestResult): string[] {
  return assertions.flatMap(({ outcome, requirement, actual }) =>
    outcome === 'fail' ? [`${requirement} ${actual.replace(/^.*?; /, '')}`] : [],
  );
}

describe('a grid', function () {
  // Some three hundred cells, on a busy machine.
  this.timeout(90_000);

  it('passes a peer that releases everything, and says in how many cells', async () => {
    const { verdict, assertions, connections } = await playGrid(peer());
    expect(verdict).to.equal('pass');
    expect(assertions.every(({ actual }) => /^so in \d+ cells$/.test(actual))).to.equal(true);
    expect(connections.length, 'connections of cells that passed are left out').to.be.lessThan(10);
  });

  it('says after what a connection was kept, however it ended', async () => {
    const result = await playGrid(keeps((text) => /<messageID>0x/.test(text)));
    expect(result.verdict).to.equal('fail');
    for (const one of failures(result))
      expect(one).to.match(/ event "a hexadecimal messageID", [^;]+ \(\d+ of \d+ cells\)$/);
  });

  it('says how it ended, whatever came before', async () => {
    const isCut = (text: string): boolean => text.trim() !== '' && !/<\/mos>\s*$/.test(text);
    const told = failures(await playGrid(keeps(isCut)));
    expect(told).to.have.length(2);
    for (const one of told)
      expect(one).to.include('any event, end "a close inside a message" or "a half-close inside a message"');
  });

  it('charges a death to the cell that brought it about, and leaves the rest out', async () => {
    let isDead = false;
    const serve = peer();
    const result = await playGrid((socket) => {
      if (isDead) return void socket.destroy();
      serve(socket);
      socket.prependListener('data', (bytes: Buffer) => {
        isDead ||= bytes.toString('latin1').replaceAll('\0', '').includes('x-unknown');
      });
    });
    expect(result.verdict).to.equal('fail');
    expect(failures(result)[0]).to.match(/event "an unknown message", end "[^"]+"/);
  });
});
