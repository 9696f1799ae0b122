import { execFile } from 'node:child_process';
import type { Endpoint } from '../history/facts.ts';
import { normalizeAddress } from '../native/address.ts';
import { ObserverBlind } from './blind.ts';
import { listenersOf } from './listeners.ts';
import type { ListenerReading, SocketObserver, SocketQuery, SocketReading, TableEntry } from './observer.ts';
import { pick } from './pick.ts';
import { ssState } from './states.ts';

/** Beyond this many ports the whole table is cheaper than a filter. */
const MOST_FILTERED = 16;
const TIMEOUT_MS = 5_000;
const MOST_OUTPUT = 256 * 1024 * 1024;

/** Looks at the sockets of this network namespace by running `ss` of iproute2 (4 ms and more a look). */
export class SsObserver implements SocketObserver {
  readonly means = 'ss';
  readonly #command: string;

  /** @param command the program to run */
  constructor(command = 'ss') {
    this.#command = command;
  }

  async lookup(queries: readonly SocketQuery[]): Promise<(SocketReading | null)[]> {
    if (queries.length === 0) return [];
    return pick(await this.#rows(queries.map(({ source }) => source.port)), queries);
  }

  async table(ports: readonly number[]): Promise<TableEntry[]> {
    if (ports.length === 0) return [];
    const wanted = new Set(ports);
    const rows = await this.#rows([...wanted]);
    return rows.filter(({ local, remote }) => wanted.has(local.port) || wanted.has(remote.port));
  }

  async listeners(ports: readonly number[]): Promise<ListenerReading[]> {
    return listenersOf(await this.table(ports));
  }

  close(): void {
    // Every look starts and ends a process of its own.
  }

  async #rows(ports: readonly number[]): Promise<TableEntry[]> {
    return parseSs(await run(this.#command, ['-tanHOeo', ...filter(ports)]));
  }
}

function filter(ports: readonly number[]): string[] {
  const distinct = [...new Set(ports)];
  if (distinct.length > MOST_FILTERED) return [];
  return [distinct.map((port) => `sport = :${port} or dport = :${port}`).join(' or ')];
}

function run(command: string, options: string[]): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C' };
  return new Promise((resolve, reject) => {
    const settings = { env, timeout: TIMEOUT_MS, maxBuffer: MOST_OUTPUT } as const;
    execFile(command, options, settings, (error, stdout) => {
      if (error) reject(new ObserverBlind(whyItFailed(command, error)));
      else resolve(stdout);
    }).stdin?.end();
  });
}

function whyItFailed(command: string, error: { code?: string | number | null; killed?: boolean }): string {
  if (error.code === 'ENOENT') return `the command ${command} is not installed`;
  if (error.killed) return `the command ${command} did not finish`;
  return `the command ${command} failed (${typeof error.code === 'number' ? `exit ${error.code}` : error.code})`;
}

/**
 * Reads the output of `ss -tanHOeo`. Rows that are no TCP connection are left out.
 * @throws ObserverBlind for a row that cannot be understood: half a table would hide sockets
 */
export function parseSs(output: string): TableEntry[] {
  return output.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    const entry = parseRow(line);
    return entry ? [entry] : [];
  });
}

function parseRow(line: string): TableEntry | null {
  const [word = '', receiveQueue, sendQueue, local, remote, ...details] = line.trim().split(/\s+/);
  const state = ssState(word);
  const ends = [parseEnd(local), parseEnd(remote)];
  const queues = [Number(receiveQueue), Number(sendQueue)];
  if (!state || !ends[0] || !ends[1] || !queues.every(Number.isInteger)) {
    throw new ObserverBlind(`a row of ss cannot be understood: ${line.trim().slice(0, 80)}`);
  }
  if (state === 'CLOSE') return null;
  const detail = (name: string): string | undefined =>
    details.find((text) => text.startsWith(`${name}:`))?.slice(name.length + 1);
  const cookie = detail('sk');
  return {
    state,
    local: ends[0],
    remote: ends[1],
    receiveQueue: queues[0]!,
    sendQueue: queues[1]!,
    inode: Number(detail('ino') ?? 0),
    uid: Number(detail('uid') ?? 0),
    timer: timerOf(detail('timer')),
    ...(cookie === undefined ? {} : { cookie: parseInt(cookie, 16) }),
  };
}

/** `192.0.2.1:80`, `[::1]:80`, `[fe80::1]%eth0:80`, `*:80` and `0.0.0.0:*`. */
function parseEnd(text: string | undefined): Endpoint | undefined {
  const colon = text?.lastIndexOf(':') ?? -1;
  if (text === undefined || colon < 1) return undefined;
  const port = text.slice(colon + 1);
  const address = text.slice(0, colon).replace(/^\[(.*)\]/, '$1');
  const literal = address === '*' ? '::' : address;
  if (port !== '*' && !/^\d{1,5}$/.test(port)) return undefined;
  return { address: normalizeAddress(literal), port: port === '*' ? 0 : Number(port) };
}

const SS_TIMERS: Readonly<Record<string, SocketReading['timer']>> = {
  on: 'retransmit',
  keepalive: 'keepalive',
  timewait: 'timewait',
  persist: 'probe',
};

function timerOf(detail: string | undefined): SocketReading['timer'] {
  const [, name = ''] = /^\((\w+)/.exec(detail ?? '') ?? [];
  return SS_TIMERS[name] ?? 'none';
}
