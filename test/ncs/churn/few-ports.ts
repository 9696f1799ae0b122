/** Churns a peer of this process, so many cycles as it is told, and prints what came of it. */
import { failuresOf, imbalance } from '../../../src/history/churn/tally.ts';
import { playChurn } from '../../../src/scenario/churn/play.ts';
import { openSockDiag } from '../../observe/support.ts';
import { options, startPeer } from './peer.ts';

const peer = await startPeer(() => 'answer');
const observer = openSockDiag();
const cycles = Number(process.argv[2]);
const { engine, ended, why, tally } = await playChurn(
  options(peer.port, { cycles, replyMs: 5_000, releaseMs: 5_000, lookUp: (ends) => observer.lookup(ends) }),
  { means: 'sock_diag' },
);
peer.close();
observer.close();
const { answered, limited } = tally;
process.stdout.write(
  JSON.stringify({
    ...{ engine, ended, why, answered, limited },
    failures: failuresOf(tally),
    balance: imbalance(tally),
  }),
);
