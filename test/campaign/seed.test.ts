import { expect } from 'chai';
import { decodeText } from '../../src/wire/encoding.ts';
import { openPeers, trial, trialTarget } from './trial.ts';

/** The smallest messageID that a silent device gets to see in a campaign with this seed. */
async function firstMessageId(seed: number): Promise<number> {
  const seen: number[] = [];
  const peers = await openPeers((socket) => {
    socket.on('data', (chunk: Buffer) => {
      const id = /<messageID>(\d+)</.exec(decodeText(chunk, 'ucs-2be'))?.[1];
      if (id !== undefined) seen.push(Number(id));
    });
  });
  try {
    const { results } = await trial(trialTarget({ ports: peers.ports }), [], { seed });
    expect(results.campaign.seed).to.equal(seed);
    expect(results.tests.map((one) => one.seed)).to.deep.equal([seed, seed, seed]);
    return Math.min(...seen);
  } finally {
    peers.close();
  }
}

describe('the seed of a campaign', () => {
  it('is recorded, and does not make a device see the messageIDs of the campaign before again', async () => {
    const first = await firstMessageId(42);
    const again = await firstMessageId(42);
    expect(again).to.be.greaterThan(first);
  }).timeout(20_000);
});
