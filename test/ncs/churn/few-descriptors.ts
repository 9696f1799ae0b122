/**
 * Churns a port with more connections at once than this process is left with descriptors, once everything is loaded,
 * and prints what came of it. Arguments: the port, the engine.
 */
import { execFileSync } from 'node:child_process';
import { failuresOf, imbalance } from '../../../src/history/churn/tally.ts';
import { playChurn } from '../../../src/scenario/churn/play.ts';
import { options } from './peer.ts';

const [port, wanted] = process.argv.slice(2);
const how = wanted === 'node' ? ({ engine: wanted } as const) : {};

await playChurn(options(Number(port)), how);
execFileSync('prlimit', ['--pid', String(process.pid), '--nofile=48:48']);
const { engine, ended, why, tally } = await playChurn(
  options(Number(port), {
    ...{ cycles: 500, concurrency: 100, mostOpen: 200, replyMs: 5_000, releaseMs: 5_000 },
  }),
  how,
);
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
