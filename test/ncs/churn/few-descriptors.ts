/** Churns a port with more connections at once than this process has descriptors, and prints what came of it. */
import { failuresOf, imbalance } from '../../../src/history/churn/tally.ts';
import { playChurn } from '../../../src/scenario/churn/play.ts';
import { options } from './peer.ts';

const report = await playChurn(
  options(Number(process.argv[2]), {
    cycles: 500,
    concurrency: 100,
    mostOpen: 200,
    replyMs: 5_000,
    releaseMs: 5_000,
  }),
  process.argv[3] === 'node' ? { engine: 'node' } : {},
);
const { engine, ended, why, tally } = report;
process.stdout.write(
  JSON.stringify({
    engine,
    ended,
    why,
    failures: failuresOf(tally),
    limited: tally.limited,
    balance: imbalance(tally),
  }),
);
