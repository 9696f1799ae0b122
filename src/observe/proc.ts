import { readFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import type { Endpoint } from '../history/facts.ts';
import { formatAddress } from '../native/address.ts';
import { ObserverBlind } from './blind.ts';
import { listenersOf } from './listeners.ts';
import type { ListenerReading, SocketObserver, SocketQuery, SocketReading, TableEntry } from './observer.ts';
import { pick } from './pick.ts';
import { linuxState, linuxTimer } from './states.ts';

/** Looks at the sockets of this network namespace by reading /proc/net/tcp and tcp6 (5 ms and more a look). */
export class ProcObserver implements SocketObserver {
  readonly means = 'proc';
  readonly #folder: string;

  /** @param folder where the tables are; another process' namespace is in `/proc/PID/net` */
  constructor(folder = '/proc/net') {
    this.#folder = folder;
  }

  async lookup(queries: readonly SocketQuery[]): Promise<(SocketReading | null)[]> {
    if (queries.length === 0) return [];
    const ports = new Set(queries.map(({ source }) => source.port));
    return pick(await this.#rows((local) => ports.has(local)), queries);
  }

  async table(ports: readonly number[]): Promise<TableEntry[]> {
    if (ports.length === 0) return [];
    const wanted = new Set(ports);
    return this.#rows((local, remote) => wanted.has(local) || wanted.has(remote));
  }

  /** The backlog is 0, because these tables do not show it. */
  async listeners(ports: readonly number[]): Promise<ListenerReading[]> {
    return listenersOf(await this.table(ports));
  }

  close(): void {
    // Every look opens and closes the files itself.
  }

  async #rows(wanted: (local: number, remote: number) => boolean): Promise<TableEntry[]> {
    const tables = await Promise.all([this.#read('tcp'), this.#read('tcp6')]);
    return tables.flatMap((table) => parseProc(table, wanted));
  }

  async #read(name: string): Promise<string> {
    try {
      return await readFile(`${this.#folder}/${name}`, 'latin1');
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
      // A kernel without IPv6 has no tcp6, and then no such connections either.
      if (name === 'tcp6' && code === 'ENOENT') return '';
      throw new ObserverBlind(`${this.#folder}/${name} cannot be read (${code})`);
    }
  }
}

/** Ports, the state, queues, timer, uid and inode of a row of /proc/net/tcp or tcp6 (Linux' proc_net_tcp). */
const ROW =
  /^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]{2}) ([0-9A-F]+):([0-9A-F]+) ([0-9A-F]{2}):[0-9A-F]+ [0-9A-F]+ +(\d+) +\d+ (\d+)/;

/**
 * Reads the text of /proc/net/tcp or tcp6. In it a listener shows the connections that wait, but not its backlog.
 * @param wanted leaves out the rows with other ports before they cost anything
 * @throws ObserverBlind for a row that cannot be understood: half a table would hide sockets
 */
export function parseProc(text: string, wanted: (local: number, remote: number) => boolean): TableEntry[] {
  const entries: TableEntry[] = [];
  for (const line of text.split('\n').slice(1)) {
    if (line.trim() === '') continue;
    const row = ROW.exec(line);
    if (!row)
      throw new ObserverBlind(`a row of /proc/net/tcp cannot be understood: ${line.trim().slice(0, 80)}`);
    const entry = wanted(hex(row[2]), hex(row[4])) ? toEntry(row) : null;
    if (entry) entries.push(entry);
  }
  return entries;
}

function toEntry(row: RegExpExecArray): TableEntry | null {
  const state = linuxState(hex(row[5]));
  if (state === undefined) throw new ObserverBlind(`/proc/net/tcp shows the unknown TCP state ${row[5]}`);
  if (state === 'CLOSE') return null;
  return {
    state,
    local: end(row[1], row[2]),
    remote: end(row[3], row[4]),
    sendQueue: hex(row[6]),
    receiveQueue: hex(row[7]),
    timer: linuxTimer(hex(row[8])),
    uid: Number(row[9]),
    inode: Number(row[10]),
  };
}

function end(address: string | undefined, port: string | undefined): Endpoint {
  return { address: formatAddress(addressBytes(address ?? '')), port: hex(port) };
}

/** The words of an address are printed as numbers of the host, so their bytes may stand in reverse. */
function addressBytes(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'hex');
  return endianness() === 'LE' ? bytes.swap32() : bytes;
}

function hex(text: string | undefined): number {
  return parseInt(text ?? '', 16);
}
