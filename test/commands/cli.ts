import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** How a command ended. */
export interface Ended {
  /** The exit code, or the signal that ended it. */
  code: number | string;
  output: string;
  complaints: string;
}

/** How a command is run. */
export interface Running {
  env?: Record<string, string>;
  /** What the program is started by, such as `ip netns exec NAME`. */
  within?: readonly string[];
  /** Called with what has been printed so far, whenever something was. */
  onOutput?: (output: string, child: ChildProcess) => void;
  /** Where standard output goes: kept here, or a descriptor. */
  stdout?: 'pipe' | number;
  /** ms after which it is killed. */
  withinMs?: number;
}

/** Runs the command line as a user does, and waits for its end. It is built before the first test (build/global.ts). */
export async function runCli(words: readonly string[], running: Running = {}): Promise<Ended> {
  const [program = process.execPath, ...before] = [
    ...(running.within ?? []),
    process.execPath,
    'dist/cli.js',
    ...words,
  ];
  const child = spawn(program, before, {
    stdio: ['ignore', running.stdout ?? 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...running.env },
  });
  let output = '';
  let complaints = '';
  const timer = setTimeout(() => child.kill('SIGKILL'), running.withinMs ?? 90_000);
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    running.onOutput?.(output, child);
  });
  child.stdout?.on('error', () => undefined);
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
    running.onOutput?.(output + complaints, child);
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(timer);
  return { code: code ?? signal ?? 'unknown', output, complaints };
}
