import { errnoName, openLibc, type Libc } from '../../native/libc.ts';
import { isUnavailable, type Unavailable } from '../../native/koffi.ts';
import { Datagrams } from '../../native/datagrams.ts';
import { SOCK_CLOEXEC, SOL_SOCKET } from '../../native/socket-numbers.ts';
import { ObserverBlind } from '../blind.ts';
import {
  AF_NETLINK,
  HEADER,
  MSG_DONTWAIT,
  MSG_TRUNC,
  NETLINK_SOCK_DIAG,
  NLM_F_DUMP_INTR,
  NLMSG_DONE,
  NLMSG_ERROR,
  NLMSG_OVERRUN,
  REPLY,
  SOCK_DIAG_BY_FAMILY,
  SOCK_RAW,
  SO_RCVBUF,
} from './layout.ts';
import { allocate, type Memory } from './memory.ts';

/** One message of a reply, still in the memory in which it came. */
export interface NetlinkMessage {
  kind: 'socket' | 'done' | 'error';
  sequence: number;
  /** For `error` and `done`: the negative errno, or 0. */
  error: number;
  /** Where the message starts. */
  at: number;
  /** The kernel says that its table changed while it walked through it. */
  interrupted: boolean;
}

/** Dumps come in pieces of at most 32 KiB. */
const RECEIVE_BYTES = 64 * 1024;
/** The reply to a question about one socket is far shorter. */
const SHORT_BYTES = 1024;
const QUEUE_BYTES = 1024 * 1024;

/**
 * A netlink socket for questions about sockets, in the network namespace of this process. Requests are
 * answered inside the call that sends them, so nothing here ever waits.
 */
export class Netlink {
  readonly #libc: Libc;
  #fd: number;
  readonly #received = allocate(RECEIVE_BYTES);
  /** The same memory, cut into places for short replies. */
  readonly #short: Datagrams | undefined;
  #sequence = 0;
  #closed = false;

  private constructor(libc: Libc, fd: number) {
    this.#libc = libc;
    this.#fd = fd;
    this.#short = Datagrams.over(libc, this.#received.u8, SHORT_BYTES);
  }

  /** Opens the socket or says in one sentence why it cannot be opened. */
  static open(): Netlink | Unavailable {
    const libc = openLibc();
    if (isUnavailable(libc)) return libc;
    const fd = openSocket(libc);
    return fd < 0
      ? { unavailable: `the kernel refuses a netlink socket (${errnoName(fd)})` }
      : new Netlink(libc, fd);
  }

  /** The memory in which replies arrive; every {@link receive} overwrites it. */
  get received(): Memory {
    return this.#received;
  }

  /** Reserves `count` sequence numbers in a row and answers the first. */
  reserve(count: number): number {
    if (this.#sequence + count > 0xffff_fff0) this.#sequence = 0;
    const first = this.#sequence + 1;
    this.#sequence += count;
    return first;
  }

  /** Sends the first `length` bytes as one batch of requests. */
  send(bytes: Uint8Array, length: number): void {
    if (this.#closed) throw new ObserverBlind('the netlink socket is closed');
    if (this.#fd < 0) this.#fd = openSocket(this.#libc);
    const sent = this.#libc.send(this.#fd, bytes, length, MSG_DONTWAIT);
    if (sent < 0)
      throw new ObserverBlind(`the kernel does not take a question over netlink (${errnoName(sent)})`);
    if (sent !== length) throw new ObserverBlind('the kernel took only part of a question over netlink');
  }

  /**
   * Reads one datagram and hands its messages on.
   * @throws ObserverBlind where nothing is there to be read, or it is damaged
   */
  receive(handle: (message: NetlinkMessage) => void): void {
    const length = this.#libc.receive(this.#fd, this.#received.u8, MSG_DONTWAIT | MSG_TRUNC);
    if (length < 0) throw new ObserverBlind(whyNothingCame(errnoName(length)));
    if (length > RECEIVE_BYTES) throw new ObserverBlind('a netlink reply was longer than it may be');
    readMessages(this.#received, length, handle);
  }

  /**
   * Reads at most `count` datagrams with one short reply each and hands their messages on; one is waited for as little
   * as by {@link receive}.
   * @throws ObserverBlind where nothing is there to be read, or it is damaged
   */
  receiveShort(count: number, handle: (message: NetlinkMessage) => void): void {
    if (!this.#short) return this.receive(handle);
    const came = this.#short.receive(this.#fd, count, MSG_DONTWAIT);
    if (came < 0) throw new ObserverBlind(whyNothingCame(errnoName(came)));
    for (let index = 0; index < came; index++) {
      const length = this.#short.lengthOf(index);
      if (length === undefined) throw new ObserverBlind('a netlink reply was longer than it may be');
      const start = this.#short.startOf(index);
      readMessages(this.#received, start + length, handle, start);
    }
  }

  /** Forgets replies that are still to come, by going on with a new socket. */
  reset(): void {
    if (this.#fd >= 0) this.#libc.close(this.#fd);
    this.#fd = -1;
  }

  close(): void {
    this.reset();
    this.#closed = true;
  }
}

function openSocket(libc: Libc): number {
  const fd = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  // What the system does not grant is cut without an error; the batches fit the default as well.
  if (fd >= 0) libc.setIntOption(fd, SOL_SOCKET, SO_RCVBUF, QUEUE_BYTES);
  return fd;
}

function whyNothingCame(errno: string): string {
  if (errno === 'ENOBUFS') return 'netlink replies were lost because their queue was full (ENOBUFS)';
  if (errno === 'EAGAIN') return 'the kernel left questions over netlink without an answer';
  return `netlink replies cannot be read (${errno})`;
}

/** Walks through the messages of one datagram, which stands between two places; exported for tests against fixed bytes. */
export function readMessages(
  memory: Memory,
  to: number,
  handle: (message: NetlinkMessage) => void,
  from = 0,
): void {
  const { u16, u32 } = memory;
  let at = from;
  while (at + HEADER.size <= to) {
    const size = u32[(at + HEADER.length) >> 2] ?? 0;
    const type = u16[(at + HEADER.type) >> 1] ?? 0;
    if (size < HEADER.size || at + size > to) throw new ObserverBlind('a netlink reply was cut off');
    if (type === NLMSG_OVERRUN) throw new ObserverBlind('netlink replies were lost (overrun)');
    if (type === SOCK_DIAG_BY_FAMILY && size < REPLY.size)
      throw new ObserverBlind('a netlink reply was too short');
    const kind = kindOf(type);
    if (kind) {
      const flags = u16[(at + HEADER.flags) >> 1] ?? 0;
      handle({
        kind,
        sequence: u32[(at + HEADER.sequence) >> 2] ?? 0,
        error: kind === 'socket' || size < HEADER.size + 4 ? 0 : (u32[(at + HEADER.size) >> 2] ?? 0) | 0,
        at,
        interrupted: (flags & NLM_F_DUMP_INTR) !== 0,
      });
    }
    at += (size + 3) & ~3;
  }
}

function kindOf(type: number): NetlinkMessage['kind'] | undefined {
  if (type === SOCK_DIAG_BY_FAMILY) return 'socket';
  if (type === NLMSG_ERROR) return 'error';
  return type === NLMSG_DONE ? 'done' : undefined;
}
