/**
 * The long run: 20,000 connections against the reference device, which runs in a process of its own. Every one of
 * them must be accounted for, our own memory and descriptors must not drift, and of a device that leaks one
 * connection in 500 the leak must be found. Ends with 1 where any of it is not so. Run: npm run soak
 */
import { readdirSync } from 'node:fs';
import { heapMB } from '../bench/heap.ts';
import { startEmbedded } from '../src/campaign/embedded.ts';
import { playChurn } from '../src/scenario/churn/play.ts';
import type { ChurnReport } from '../src/history/churn/report.ts';
import { failuresOf, imbalance } from '../src/history/churn/tally.ts';
import { openObserver } from '../src/observe/choose.ts';
import { toldBy } from '../src/judge/concluded.ts';
import { judgeChurn } from '../src/judge/churn/judge.ts';
import { describeChurn } from '../src/judge/churn/describe.ts';
import type { ChurnTrial } from '../src/judge/churn/trial.ts';
import { encodeMessage } from '../src/wire/encode.ts';
import { heartbeat, mosTime } from '../src/wire/messages.ts';

const CYCLES = 20_000;
const REPLY_MS = 10_000;
const RELEASE_MS = 5_000;

/** MB by which our heap may have grown when the run is over: what it reports is a number per answer. */
const MOST_DRIFT_MB = 2;

/** Descriptors that Node may open for itself meanwhile. */
const SPARE_DESCRIPTORS = 2;

function descriptors(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}

async function churn(cycles: number, fault?: string): Promise<ChurnTrial> {
  const device = await startEmbedded({ faults: fault === undefined ? [] : [fault] });
  const { observer } = await openObserver();
  const { mosId: mosID, ncsId: ncsID } = device;
  const messageNumber = 1_000_000_000;
  const body = heartbeat(mosTime(new Date()));
  const bytes = encodeMessage({ mosID, ncsID, messageID: messageNumber, body }, 'ucs-2be');
  try {
    const report = await playChurn(
      {
        remote: { address: device.address, port: device.ports.upper ?? 0 },
        ...{ cycles, concurrency: 50, mostOpen: 62, restMs: 0, timeMs: 600_000, atLeast: cycles },
        ...{ connectMs: 5_000, replyMs: REPLY_MS, releaseMs: RELEASE_MS },
        closes: ['close', 'half-close', 'abort'],
        encoding: 'ucs-2be',
        requests: { bytes, name: 'heartbeat', messageNumber, encoding: 'ucs-2be' },
        ...(observer && { lookUp: (ends) => observer.lookup(ends) }),
        signal: new AbortController().signal,
      },
      { means: observer?.means },
    );
    return trialOf(report);
  } finally {
    observer?.close();
    await device.stop();
  }
}

function trialOf(report: ChurnReport): ChurnTrial {
  return {
    ...{ report, concurrency: 50, absenceProves: true as const, means: [] },
    ...{ replyMs: REPLY_MS, releaseMs: RELEASE_MS },
  };
}

const problems: string[] = [];
function need(holds: boolean, otherwise: string): void {
  if (!holds) problems.push(otherwise);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

await churn(2_000);
const before = { heap: heapMB(), descriptors: descriptors(), memory: process.memoryUsage().rss / 1e6 };
const samples: number[] = [];
const sampler = setInterval(() => samples.push(heapMB()), 1_000);
const long = await churn(CYCLES);
clearInterval(sampler);
const after = { heap: heapMB(), descriptors: descriptors(), memory: process.memoryUsage().rss / 1e6 };

for (const { text } of describeChurn('soak', long)) say(text);
const { tally, durationMs } = long.report;
say(
  `${Math.round(tally.started / (durationMs / 1_000))} connections a second, by close, half-close and abort`,
);
say(
  `heap ${before.heap.toFixed(1)} MB before, ${after.heap.toFixed(1)} MB after, while it ran ${samples.map((mb) => mb.toFixed(1)).join(' ')}`,
);
say(
  `resident ${before.memory.toFixed(0)} MB before, ${after.memory.toFixed(0)} MB after; descriptors ${before.descriptors} before, ${after.descriptors} after`,
);

const balance = imbalance(tally);
need(tally.started >= CYCLES, `only ${tally.started} connections were begun`);
need(
  Object.values(balance).every((out) => out === 0),
  `the accounts are out: ${JSON.stringify(balance)}`,
);
need(failuresOf(tally) === 0 && tally.unseen === 0, 'the reference device did not pass');
need(
  after.heap - before.heap <= MOST_DRIFT_MB,
  `the heap grew by ${(after.heap - before.heap).toFixed(1)} MB`,
);
need(after.descriptors <= before.descriptors + SPARE_DESCRIPTORS, 'descriptors were left open');

const leaky = await churn(CYCLES, 'leak-every-nth=500');
const { concluded: found } = judgeChurn('released', leaky, 0.05);
say(`one leak in 500: ${found.outcome}, ${toldBy(found)}`);
say(`one leak in 500: ${toldBy(judgeChurn('slope', leaky, 0.05).concluded)}`);
need(found.outcome === 'fail', 'a leak of one in 500 was not found');

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
