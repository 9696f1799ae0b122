import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The programs in C beside this file, compiled into a folder that is removed with {@link Programs.remove}. */
export interface Programs {
  churn: string;
  neutralServer: string;
  remove(): void;
}

/** Compiles them with the system's compiler; a sentence where there is none, or it fails. */
export function compile(): Programs | string {
  const folder = mkdtempSync(path.join(tmpdir(), 'churn-bench-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const compiled = (name: string): string | undefined => {
    const output = path.join(folder, name);
    const source = path.join(import.meta.dirname, `${name}.c`);
    const { error, status, stderr } = spawnSync('cc', ['-O2', '-o', output, source], { encoding: 'utf8' });
    if (error) return 'there is no C compiler (cc) here';
    return status === 0 ? undefined : `cc cannot compile ${name}.c: ${stderr}`;
  };
  const problem = compiled('churn') ?? compiled('neutral-server');
  if (problem === undefined) {
    return { churn: path.join(folder, 'churn'), neutralServer: path.join(folder, 'neutral-server'), remove };
  }
  remove();
  return problem;
}

/** A server that sends back what it reads, on every address of this machine. */
export interface NeutralServer {
  port: number;
  stop(): void;
}

/** Starts it in a process of its own, which ends with us. */
export async function startNeutralServer({ neutralServer }: Programs): Promise<NeutralServer> {
  const child = spawn(neutralServer, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { port: Number(line.toString()), stop: () => void child.stdin.end() };
}

/** Connections a second of the client in C. */
export function clientInC(
  { churn }: Programs,
  server: { address: string; port: number },
  { message, cycles, concurrency }: { message: Buffer; cycles: number; concurrency: number },
): number {
  const { address, port } = server;
  const { status, stdout, stderr } = spawnSync(
    churn,
    [address, port, cycles, concurrency].map((argument) => String(argument)),
    { input: message, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the client in C failed: ${stderr}`);
  return Number(stdout);
}

/** Connections a second of ab, Apache's benchmark of servers of HTTP; none where it is not installed. */
export function withApacheBench(
  server: { address: string; port: number },
  { cycles, concurrency }: { cycles: number; concurrency: number },
): number | undefined {
  const options = ['-q', '-n', String(cycles), '-c', String(concurrency)];
  const url = `http://${server.address}:${server.port}/`;
  const { error, status, stdout, stderr } = spawnSync('ab', [...options, url], { encoding: 'utf8' });
  if (error) return undefined;
  const [, rate] = /^Requests per second:\s+([\d.]+)/m.exec(stdout) ?? [];
  if (status !== 0 || rate === undefined) throw new Error(`ab failed: ${stderr}`);
  return Number(rate);
}
