import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { CLI } from '../package.ts';
import type { TargetOptions } from '../subject/options.ts';

/** What the embedded device says of itself when it is ready. */
export interface EmbeddedDevice {
  address: string;
  ports: { lower?: number; upper?: number; query?: number };
  mosId: string;
  ncsId: string;
  /** Ends it; resolves when its process is gone. */
  stop(): Promise<void>;
}

/** The second newsroom that the reference device knows. */
const SECOND_NEWSROOM = 'conformance.standby.ncs';

/** ms that the device may take to listen. */
const START_MS = 20_000;

/**
 * Starts the reference device in a process of its own, so that its sockets and descriptors are nobody else's. The
 * channel between the two ends it with us, whatever we die of.
 * @param options.signal gives the start up; its reason is thrown
 */
export async function startEmbedded(
  options: { faults?: readonly string[]; signal?: AbortSignal } = {},
): Promise<EmbeddedDevice> {
  const faults = (options.faults ?? []).flatMap((fault) => ['--fault', fault]);
  const child = spawn(process.execPath, [...process.execArgv, CLI, 'device', '--json', ...faults], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: process.platform !== 'win32',
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  try {
    const ready = await firstLine(child, options.signal);
    return {
      ...(JSON.parse(ready) as Omit<EmbeddedDevice, 'stop'>),
      stop: async () => {
        process.off('exit', kill);
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        const timer = setTimeout(kill, 2_000);
        await gone;
        clearTimeout(timer);
      },
    };
  } catch (error) {
    kill();
    throw error;
  }
}

function firstLine(child: ChildProcess, signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    const giveUp = (): void => reject(signal?.reason as Error);
    if (signal?.aborted) return giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    const timer = setTimeout(() => reject(new Error('the embedded device did not start in time')), START_MS);
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the embedded device ended with code ${code}: ${gist(complaint)}`));
    });
    if (!child.stdout) return reject(new Error('the embedded device has no output'));
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer);
      resolve(line);
    });
  });
}

/** The line that says what went wrong: Node puts a place in its own sources before it. */
function gist(complaint: string): string {
  const lines = complaint.split('\n').map((line) => line.trim());
  return (
    lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.find((line) => line !== '') ?? 'without a word'
  );
}

/** The embedded device as options of a target. */
export function embeddedOptions(device: EmbeddedDevice): TargetOptions {
  return {
    name: 'Embedded reference device',
    host: device.address,
    ...device.ports,
    mosId: device.mosId,
    ncsId: device.ncsId,
    otherNcsId: SECOND_NEWSROOM,
    profiles: [0, 1],
    embedded: true,
  };
}
