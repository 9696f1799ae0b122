import { readFileSync } from 'node:fs';
import { isUnavailable } from '../native/koffi.ts';
import { normalizeAddress } from '../native/address.ts';
import { ObserverBlind } from './blind.ts';
import { listenersOf } from './listeners.ts';
import type { ListenerReading } from './observer.ts';
import {
  commandOf,
  holdersOf,
  networkNamespaceOf,
  parentOf,
  processIds,
  socketDescriptorsOf,
  socketInode,
  type SocketDescriptor,
} from './processes.ts';
import { parseProc } from './proc.ts';
import { SockDiagObserver } from './sockdiag/observer.ts';

/** The process behind a port: what makes "the device is on this host" more than a guess. */
export interface ListenerOwner {
  pid: number;
  command: string;
  /** Its descendants and the other processes that hold the same listener. */
  children: number[];
}

/** The socket descriptors of some processes together. */
export interface DescriptorCount {
  total: number;
  /** Those in no table of the kernel: their connection is gone, but nobody closed them. */
  unlisted: number;
}

/**
 * The process in this network namespace that listens on `address` (or on all addresses) and `port`. Undefined
 * where nothing listens, or where the process belongs to another user. Synchronous, 1 to 10 ms.
 */
export function listenerOwner(port: number, address: string): ListenerOwner | undefined {
  const inodes = listenerInodes(port, normalizeAddress(address));
  if (inodes.size === 0) return undefined;
  const holders = holdersOf(inodes);
  const parents = new Map(processIds().map((pid) => [pid, parentOf(pid)]));
  // Of a parent and the workers that inherited its listener, the parent is the device.
  const pid = holders.find((holder) => !holders.includes(parents.get(holder) ?? 0)) ?? holders[0];
  const command = pid === undefined ? undefined : commandOf(pid);
  if (pid === undefined || command === undefined) return undefined;
  const children = new Set([...holders, ...descendants(pid, parents)]);
  children.delete(pid);
  return { pid, command, children: [...children].sort((a, b) => a - b) };
}

/**
 * Counts the socket descriptors of these processes; those that have ended meanwhile count nothing. Undefined
 * where one of them does not let us look, or where none is left. Synchronous, 1 to 10 ms.
 */
export function socketDescriptors(pids: readonly number[]): DescriptorCount | undefined {
  const all: SocketDescriptor[] = [];
  let seen = 0;
  for (const pid of new Set(pids)) {
    const descriptors = socketDescriptorsOf(pid);
    if (descriptors === 'hidden') return undefined;
    if (descriptors === 'gone') continue;
    seen++;
    all.push(...descriptors);
  }
  if (seen === 0) return undefined;
  const unlisted = countUnlisted(all);
  return unlisted === undefined ? undefined : { total: all.length, unlisted };
}

function countUnlisted(descriptors: readonly SocketDescriptor[]): number | undefined {
  const tables = new Map<string, Set<number>>();
  let unlisted = 0;
  for (const { pid, fd, inode } of descriptors) {
    const namespace = networkNamespaceOf(pid);
    if (namespace === undefined) continue;
    const listed = tables.get(namespace) ?? listedInodes(pid, namespace);
    if (!listed) return undefined;
    tables.set(namespace, listed);
    // A descriptor closed between the two looks is in no table either: it has to be there still.
    if (!listed.has(inode) && socketInode(pid, fd) === inode) unlisted++;
  }
  return unlisted;
}

function listenerInodes(port: number, address: string): Set<number> {
  const listeners = throughSockDiag((observer) => observer.listeners([port])) ?? listenersInProc(port);
  const accepted = new Set([address, '0.0.0.0', '::']);
  const listening = listeners.filter(
    ({ endpoint }) => endpoint.port === port && accepted.has(endpoint.address),
  );
  // The kernel prefers the listener on the address itself to one on all addresses.
  const exact = listening.filter(({ endpoint }) => endpoint.address === address);
  return new Set((exact.length > 0 ? exact : listening).map(({ inode }) => inode));
}

/** sock_diag where it is there: with thousands of sockets in TIME_WAIT, /proc/net takes 100 ms and more. */
function throughSockDiag<T>(ask: (observer: SockDiagObserver) => T): T | undefined {
  const observer = SockDiagObserver.open();
  if (isUnavailable(observer)) return undefined;
  try {
    return ask(observer);
  } catch (error) {
    if (error instanceof ObserverBlind) return undefined;
    throw error;
  } finally {
    observer.close();
  }
}

function listenersInProc(port: number): ListenerReading[] {
  return ['tcp', 'tcp6'].flatMap((name) => {
    try {
      const text = readFileSync(`/proc/net/${name}`, 'latin1');
      return listenersOf(parseProc(text, (local, remote) => local === port && remote === 0));
    } catch {
      return [];
    }
  });
}

function descendants(pid: number, parents: ReadonlyMap<number, number | undefined>): number[] {
  const found = new Set([pid]);
  for (let before = 0; before !== found.size;) {
    before = found.size;
    for (const [child, parent] of parents) if (parent !== undefined && found.has(parent)) found.add(child);
  }
  return [...found];
}

/** The socket tables of a namespace that sock_diag does not show us, and the column of the inode in each. */
const OTHER_TABLES: readonly (readonly [name: string, column: number])[] = [
  ...['udp', 'udp6', 'udplite', 'udplite6', 'raw', 'raw6', 'icmp', 'icmp6', 'netlink'].map(
    (name) => [name, 9] as const,
  ),
  ['unix', 6],
  ['packet', 8],
];

const TCP_TABLES = [['tcp', 9] as const, ['tcp6', 9] as const];

/** The inodes in all tables of a process' namespace; undefined where not even TCP connections can be read. */
function listedInodes(pid: number, namespace: string): Set<number> | undefined {
  const folder = `/proc/${pid}/net`;
  const isOurs = namespace === networkNamespaceOf(process.pid);
  const tcp = isOurs ? throughSockDiag((observer) => observer.inodes()) : undefined;
  if (!tcp && !readRows(`${folder}/tcp`)) return undefined;
  const inodes = new Set(tcp);
  for (const [name, column] of tcp ? OTHER_TABLES : [...TCP_TABLES, ...OTHER_TABLES]) {
    for (const row of readRows(`${folder}/${name}`) ?? [])
      inodes.add(Number(row.trim().split(/\s+/)[column]));
  }
  return inodes;
}

/** The rows below the header; undefined where this kernel does not show such sockets. */
function readRows(path: string): string[] | undefined {
  try {
    return readFileSync(path, 'latin1').split('\n').slice(1);
  } catch {
    return undefined;
  }
}
