import { isUnavailable, type Unavailable } from '../../native/koffi.ts';
import { errnoName } from '../../native/libc.ts';
import { AF_INET, AF_INET6 } from '../../native/socket-address.ts';
import { ObserverBlind } from '../blind.ts';
import { listenersOf } from '../listeners.ts';
import type { ListenerReading, SocketObserver, SocketQuery, SocketReading, TableEntry } from '../observer.ts';
import { isAbout, readEntry, readReading, writeLookup, writeRequest } from './codec.ts';
import { MOST_PORTS, portFilter } from './filter.ts';
import { ALL_STATES, LISTEN_ONLY, NLM_F_DUMP, NLM_F_REQUEST, REQUEST, WITH_DESCRIPTOR } from './layout.ts';
import { allocate } from './memory.ts';
import { Netlink, type NetlinkMessage } from './netlink.ts';

const ENOENT = -2;

/** Questions in one send: their replies have to fit the receive queue of the socket. */
const BATCH = 64;

/** A table of a million sockets comes in about 4,000 pieces; more is no table but a mistake. */
const MOST_PIECES = 65_536;

const DUMP_ATTEMPTS = 3;

/**
 * Looks at the sockets of this network namespace through NETLINK_SOCK_DIAG: needs no privilege, sees both
 * ends of a connection inside the host, orphans, TIME_WAIT and half-made connections. Synchronous.
 */
export class SockDiagObserver implements SocketObserver {
  readonly means = 'sock_diag';
  readonly #netlink: Netlink;
  readonly #request = allocate(BATCH * REQUEST.size);

  private constructor(netlink: Netlink) {
    this.#netlink = netlink;
  }

  /** Opens the observer, or says in one sentence why it cannot be used here. Never throws. */
  static open(): SockDiagObserver | Unavailable {
    const netlink = Netlink.open();
    return isUnavailable(netlink) ? netlink : new SockDiagObserver(netlink);
  }

  /**
   * Looks at exactly these sockets, whatever the size of the table (2 to 4 us each).
   * @throws ObserverBlind where any of them could not be looked at
   */
  lookup(queries: readonly SocketQuery[]): (SocketReading | null)[] {
    const readings: (SocketReading | null)[] = new Array<null>(queries.length).fill(null);
    for (let start = 0; start < queries.length; start += BATCH) {
      this.#guarded(() => this.#lookupBatch(queries, start, readings));
    }
    return readings;
  }

  /**
   * Every socket with one of these ports at either end; none for no ports. The kernel does not stop for it:
   * a socket that changes meanwhile may be missing.
   * @throws ObserverBlind where the table came incomplete
   */
  table(ports: readonly number[]): TableEntry[] {
    return this.#dump(ports, ALL_STATES);
  }

  /**
   * The listening sockets on these ports.
   * @throws ObserverBlind where the table came incomplete
   */
  listeners(ports: readonly number[]): ListenerReading[] {
    return listenersOf(this.#dump(ports, LISTEN_ONLY));
  }

  /**
   * The inodes of all TCP sockets that have one, for telling which descriptors are in no table.
   * @throws ObserverBlind where the table came incomplete
   */
  inodes(): Set<number> {
    const entries = [AF_INET, AF_INET6].flatMap((family) => this.#dumpFamily(family, [], WITH_DESCRIPTOR));
    return new Set(entries.map(({ inode }) => inode));
  }

  close(): void {
    this.#netlink.close();
  }

  #lookupBatch(queries: readonly SocketQuery[], start: number, readings: (SocketReading | null)[]): void {
    const count = Math.min(BATCH, queries.length - start);
    const first = this.#netlink.reserve(count);
    for (let i = 0; i < count; i++) {
      writeLookup(this.#request, i * REQUEST.size, queries[start + i]!, first + i);
    }
    this.#netlink.send(this.#request.u8, count * REQUEST.size);
    const memory = this.#netlink.received;
    let answered = 0;
    const take = (message: NetlinkMessage): void => {
      const index = message.sequence - first;
      if (index !== answered) throw new ObserverBlind('netlink replies came out of order');
      answered++;
      if (message.kind === 'error') {
        if (message.error !== ENOENT) throw new ObserverBlind(refusal(message.error));
        return;
      }
      const query = queries[start + index]!;
      if (message.kind === 'socket' && isAbout(memory, message.at, query)) {
        readings[start + index] = readReading(memory, message.at);
      }
    };
    while (answered < count) this.#netlink.receiveShort(count - answered, take);
  }

  #dump(ports: readonly number[], states: number): TableEntry[] {
    const wanted = new Set(ports);
    if (wanted.size === 0) return [];
    const entries = [AF_INET, AF_INET6].flatMap((family) => this.#dumpFamily(family, [...wanted], states));
    return entries.filter(({ local, remote }) => wanted.has(local.port) || wanted.has(remote.port));
  }

  #dumpFamily(family: number, ports: readonly number[], states: number): TableEntry[] {
    for (let attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
      const entries = this.#guarded(() => this.#dumpOnce(family, ports, states));
      if (entries) return entries;
    }
    throw new ObserverBlind(`the socket table changed during each of ${DUMP_ATTEMPTS} readings`);
  }

  /** One walk through the table; undefined where the kernel says that it has to be repeated. */
  #dumpOnce(family: number, ports: readonly number[], states: number): TableEntry[] | undefined {
    const sequence = this.#netlink.reserve(1);
    const request = dumpRequest(family, ports, states, sequence);
    this.#netlink.send(request, request.length);
    const memory = this.#netlink.received;
    const entries = new Map<number, TableEntry>();
    let interrupted = false;
    let done = false;
    const take = (message: NetlinkMessage): void => {
      if (message.sequence !== sequence)
        throw new ObserverBlind('a netlink reply belongs to another question');
      if (message.error < 0) throw new ObserverBlind(refusal(message.error));
      interrupted ||= message.interrupted;
      done ||= message.kind !== 'socket';
      const entry = message.kind === 'socket' ? readEntry(memory, message.at) : null;
      // A socket can be met twice, because it moves within the table while the kernel walks through it.
      if (entry) entries.set(entry.cookie ?? 0, entry);
    };
    for (let piece = 0; !done; piece++) {
      if (piece >= MOST_PIECES) throw new ObserverBlind('the socket table has no end');
      this.#netlink.receive(take);
    }
    return interrupted ? undefined : [...entries.values()];
  }

  /** Replies to a question that failed half-way must not be taken for those of the next. */
  #guarded<T>(question: () => T): T {
    try {
      return question();
    } catch (error) {
      this.#netlink.reset();
      throw error;
    }
  }
}

function dumpRequest(family: number, ports: readonly number[], states: number, sequence: number): Uint8Array {
  const filterable = ports.length > 0 && ports.length <= MOST_PORTS;
  const filter = filterable ? portFilter(ports) : new Uint8Array(0);
  const length = REQUEST.size + filter.length;
  const memory = allocate(length);
  writeRequest(memory, 0, { length, flags: NLM_F_REQUEST | NLM_F_DUMP, sequence, family, states });
  memory.u8.set(filter, REQUEST.size);
  return memory.u8;
}

function refusal(error: number): string {
  return `the kernel refuses to show its sockets (${errnoName(error)})`;
}
