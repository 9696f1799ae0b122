import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const ip = (...words: string[]): void => void execFileSync('ip', words, { stdio: 'pipe' });

/** A network namespace with one veth pair to this one; both are gone after `remove`. */
export class Namespace {
  readonly name = `mosc${process.pid}`;
  readonly outer = '198.18.77.1';
  readonly inner = '198.18.77.2';

  /** Makes it; the result says why it cannot be made here. */
  make(): string | undefined {
    if (process.platform !== 'linux') return 'this is no Linux';
    if (process.getuid?.() !== 0) return 'this is not root';
    const [a, b] = [`${this.name}a`, `${this.name}b`];
    try {
      ip('netns', 'add', this.name);
      ip('-n', this.name, 'link', 'set', 'lo', 'up');
      ip('link', 'add', a, 'type', 'veth', 'peer', 'name', b, 'netns', this.name);
      ip('address', 'add', `${this.outer}/30`, 'dev', a);
      ip('link', 'set', a, 'up');
      ip('-n', this.name, 'address', 'add', `${this.inner}/30`, 'dev', b);
      ip('-n', this.name, 'link', 'set', b, 'up');
      return undefined;
    } catch (error) {
      this.remove();
      return `ip does not make one (${(error as Error).message.split('\n')[0]})`;
    }
  }

  remove(): void {
    const commands = [
      ['link', 'delete', `${this.name}a`],
      ['netns', 'delete', this.name],
    ];
    for (const words of commands) {
      try {
        ip(...words);
      } catch {
        // It was not made, or went with the other.
      }
    }
  }

  /** Runs a shell command inside. */
  shell(command: string): void {
    ip('netns', 'exec', this.name, 'sh', '-c', command);
  }

  /** Starts the reference device inside, on an address of its own, and waits until it is ready. */
  async startDevice(port: number, ...words: string[]): Promise<ChildProcess> {
    const device = [
      'src/cli.ts',
      'device',
      '--json',
      '--host',
      this.inner,
      '--upper',
      String(port),
      ...words,
    ];
    const command = ['netns', 'exec', this.name, process.execPath, '--import', 'tsx', ...device];
    const child = spawn('ip', command, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(createInterface({ input: child.stdout }), 'line');
    return child;
  }
}
