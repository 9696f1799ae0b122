/** Churns a port with more connections at once than this process has descriptors, and prints what came of it. */
import { runChurn } from '../../../src/ncs/churn.ts';
import { failuresOf, imbalance } from '../../../src/history/churn/tally.ts';
import { options } from './peer.ts';

const report = await runChurn(
  options(Number(process.argv[2]), {
    cycles: 500,
    concurrency: 100,
    mostOpen: 200,
    replyMs: 5_000,
    releaseMs: 5_000,
  }),
);
const { ended, why, tally } = report;
process.stdout.write(
  JSON.stringify({
    ended,
    why,
    failures: failuresOf(tally),
    limited: tally.limited,
    balance: imbalance(tally),
  }),
);
