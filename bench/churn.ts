/**
 * Connections a second of a churn, every one accounted for and looked at at both ends, against what one would do
 * without it: a shell loop that starts a small client for each connection (Python, or bash with /dev/tcp), and a
 * plain loop in Node that counts nothing. All ask the reference device in a process of its own for a heartbeat.
 * Run: npx tsx bench/churn.ts
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbedded, type EmbeddedDevice } from '../src/campaign/embedded.ts';
import { runChurn } from '../src/ncs/churn.ts';
import { openObserver } from '../src/observe/choose.ts';
import { encodeMessage } from '../src/wire/encode.ts';
import { heartbeat, mosTime } from '../src/wire/messages.ts';

const ROUNDS = 3;
const SHELL_CONNECTIONS = 60;

const device = await startEmbedded();
const port = device.ports.upper ?? 0;

function request(messageID: number): Buffer {
  const { mosId: mosID, ncsId: ncsID } = device as EmbeddedDevice;
  return encodeMessage({ mosID, ncsID, messageID, body: heartbeat(mosTime(new Date())) }, 'ucs-2be');
}

async function churned(cycles: number, concurrency: number): Promise<number> {
  const { observer } = await openObserver();
  let messageID = 0;
  const report = await runChurn({
    remote: { address: device.address, port },
    ...{ cycles, concurrency, mostOpen: 62, restMs: 0, timeMs: 60_000, atLeast: 1 },
    ...{ connectMs: 5_000, replyMs: 10_000, releaseMs: 5_000 },
    closes: ['close'],
    encoding: 'ucs-2be',
    compose: () => ({ name: 'heartbeat', messageNumber: ++messageID, bytes: request(messageID) }),
    ...(observer && { lookUp: (ends) => observer.lookup(ends) }),
    signal: new AbortController().signal,
  });
  observer?.close();
  if (report.tally.released !== report.tally.started) throw new Error('the device did not pass');
  return report.tally.started / (report.durationMs / 1_000);
}

/** Connects, asks, waits for any bytes, closes; and nothing else. */
async function plainLoop(cycles: number, concurrency: number): Promise<number> {
  const bytes = request(1);
  const once = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = net.connect({ port, host: device.address, noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => socket.write(bytes));
      socket.once('data', () => {
        socket.destroy();
        resolve();
      });
    });
  let left = cycles;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await once();
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: concurrency }, lane));
  return cycles / ((performance.now() - start) / 1_000);
}

/** A shell that starts one client after another; undefined where it cannot be had here. */
function shellLoop(client: string): number | undefined {
  const start = performance.now();
  const script = `for n in $(seq ${SHELL_CONNECTIONS}); do ${client} || exit 1; done`;
  const { status } = spawnSync('bash', ['-c', script], { stdio: ['ignore', 'ignore', 'ignore'] });
  return status === 0 ? SHELL_CONNECTIONS / ((performance.now() - start) / 1_000) : undefined;
}

async function best(
  run: () => Promise<number | undefined> | number | undefined,
): Promise<number | undefined> {
  let most: number | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const rate = await run();
    if (rate !== undefined) most = Math.max(most ?? 0, rate);
  }
  return most;
}

const folder = mkdtempSync(path.join(tmpdir(), 'churn-bench-'));
const message = path.join(folder, 'request');
const client = path.join(folder, 'client.py');
writeFileSync(message, request(1));
writeFileSync(
  client,
  `import socket\ns = socket.create_connection(("${device.address}", ${port}))\n` +
    `s.sendall(open("${message}", "rb").read())\ns.recv(65536)\ns.close()\n`,
);

try {
  const one = (await best(() => churned(1_000, 1))) ?? 0;
  const fifty = (await best(() => churned(4_000, 50))) ?? 0;
  const others: [string, number | undefined][] = [
    ['shell loop, python3 each', await best(() => shellLoop(`python3 ${client}`))],
    [
      'shell loop, bash each',
      await best(() =>
        shellLoop(
          `bash -c 'exec 3<>/dev/tcp/${device.address}/${port}; cat ${message} >&3; head -c 100 <&3 >/dev/null'`,
        ),
      ),
    ],
    ['plain Node loop, 1 at a time', await best(() => plainLoop(1_000, 1))],
    ['plain Node loop, 50 at a time', await best(() => plainLoop(4_000, 50))],
  ];
  const lines = [
    `churn, one after another        ${one.toFixed(0).padStart(6)} connections/s`,
    `churn, 50 at a time             ${fifty.toFixed(0).padStart(6)} connections/s`,
    ...others.map(([name, rate]) =>
      rate === undefined
        ? `${name.padEnd(31)} not to be had here`
        : `${name.padEnd(31)} ${rate.toFixed(0).padStart(6)} connections/s; churn is ${(one / rate).toFixed(1)} and ${(fifty / rate).toFixed(1)} times as fast`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
  await device.stop();
}
