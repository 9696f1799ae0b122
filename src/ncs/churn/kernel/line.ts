import type { CloseKind } from '../../../history/churn/tally.ts';
import type { Endpoint } from '../../../history/facts.ts';
import {
  EPOLLERR,
  EPOLLET,
  EPOLLHUP,
  EPOLLIN,
  EPOLLOUT,
  EPOLLRDHUP,
  type Epoll,
} from '../../../native/epoll.ts';
import { errnoName, type Libc } from '../../../native/libc.ts';
import {
  LARGEST_SOCKET_ADDRESS,
  readSocketAddress,
  type SocketAddress,
} from '../../../native/socket-address.ts';
import {
  EINPROGRESS,
  IPPROTO_TCP,
  RESET_AT_CLOSE,
  SO_LINGER,
  SOCK_CLOEXEC,
  SOCK_NONBLOCK,
  SOCK_STREAM,
  SOL_SOCKET,
} from '../../../native/socket-numbers.ts';
import type { Line, LineOwner } from '../engine.ts';
import { EAGAIN, MSG_NOSIGNAL, SHUT_WR, SO_ERROR, TCP_NODELAY } from './constants.ts';
import { isLoopback, type Sources } from './sources.ts';

/** What a line needs of the loop that it is part of. */
export interface Loop {
  readonly libc: Libc;
  readonly epoll: Epoll;
  /** Where everything that is read goes first. */
  readonly received: Buffer;
  soon(act: () => void): void;
  /** Nothing more will happen on this line. */
  forget(key: number): void;
}

const WATCHED = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
const ENDED = EPOLLRDHUP | EPOLLHUP | EPOLLERR;

const ownAddress = new Uint8Array(LARGEST_SOCKET_ADDRESS);

/**
 * One connection on a socket of the kernel:
 *
 *     connecting -> open -> gone (closed by us, or broken)
 *
 * with the two directions of an open one ended each by itself.
 */
export class KernelLine implements Line {
  readonly #key: number;
  readonly #loop: Loop;
  readonly #owner: LineOwner;
  #fd = -1;
  #stage: 'connecting' | 'open' | 'gone' = 'connecting';
  #remote: Endpoint | undefined;
  #finRead = false;
  /** What the kernel has not taken yet. */
  #unsent: Buffer | undefined;

  constructor(key: number, loop: Loop, owner: LineOwner) {
    this.#key = key;
    this.#loop = loop;
    this.#owner = owner;
  }

  /** Begins to connect; whatever comes of it, this is told later. */
  connect(to: SocketAddress | undefined, sources: Sources): void {
    const { libc, epoll } = this.#loop;
    if (!to) return this.#failSoon('EINVAL');
    this.#remote = to.endpoint;
    const fd = libc.socket(to.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return this.#failSoon(errnoName(fd));
    this.#fd = fd;
    // A request that fits one segment, as on loopback, is never held back.
    if (!isLoopback(to)) libc.setIntOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    const result = sources.connect(fd, to);
    if (result < 0 && result !== EINPROGRESS) return this.#failSoon(errnoName(result));
    const added = epoll.add(fd, this.#key, WATCHED);
    if (added < 0) this.#failSoon(errnoName(added));
  }

  /** Deals with what epoll says of the socket. */
  happened(events: number): void {
    if (this.#stage === 'connecting') this.#connected(events);
    if (this.#stage === 'open' && events & EPOLLOUT && this.#unsent) this.#flush(this.#unsent);
    if (this.#stage === 'open' && events & (EPOLLIN | ENDED)) this.#read((events & ENDED) !== 0);
  }

  send(bytes: Buffer): void {
    this.#flush(bytes);
  }

  end(how: CloseKind): void {
    const { libc } = this.#loop;
    if (this.#fd < 0) return;
    if (how === 'half-close') return void libc.shutdown(this.#fd, SHUT_WR);
    if (how === 'abort') libc.setOption(this.#fd, SOL_SOCKET, SO_LINGER, RESET_AT_CLOSE);
    this.drop();
  }

  drop(): void {
    this.#stage = 'gone';
    this.#unsent = undefined;
    if (this.#fd >= 0) this.#loop.libc.close(this.#fd);
    this.#fd = -1;
    this.#loop.forget(this.#key);
  }

  #failSoon(code: string): void {
    this.#loop.soon(() => this.#fail(code));
  }

  #fail(code: string): void {
    if (this.#stage === 'gone') return;
    this.#stage = 'gone';
    this.#owner.failed(code);
  }

  #connected(events: number): void {
    const { libc } = this.#loop;
    if (events & (EPOLLERR | EPOLLHUP)) {
      const error = libc.intOption(this.#fd, SOL_SOCKET, SO_ERROR);
      if (error !== 0) return this.#fail(errnoName(-Math.abs(error)));
    }
    if (!(events & EPOLLOUT)) return;
    const remote = this.#remote;
    if (!remote || libc.ownAddress(this.#fd, ownAddress) < 0) return this.#fail('ECONNRESET');
    const local = readSocketAddress(ownAddress);
    const metItself = local.port === remote.port && local.address === remote.address;
    if (metItself) return this.#fail('ECONNREFUSED');
    this.#stage = 'open';
    this.#owner.connected({ local, remote });
  }

  #flush(bytes: Buffer): void {
    this.#unsent = undefined;
    const sent = this.#loop.libc.send(this.#fd, bytes, bytes.length, MSG_NOSIGNAL);
    if (sent === EAGAIN) this.#unsent = bytes;
    else if (sent < 0) this.#loop.soon(() => this.#break());
    else if (sent < bytes.length) this.#flush(bytes.subarray(sent));
  }

  /** @param toTheEnd whether there is more to be read than one reading that does not fill the buffer: FIN or RST */
  #read(toTheEnd: boolean): void {
    const { libc, received } = this.#loop;
    while (this.#stage === 'open' && !this.#finRead) {
      const count = libc.receive(this.#fd, received, 0);
      if (count > 0) this.#owner.came(received.subarray(0, count));
      else if (count === 0) {
        this.#finRead = true;
        this.#owner.finished();
      } else {
        if (count !== EAGAIN) this.#break();
        return;
      }
      if (!toTheEnd && count < received.length) return;
    }
  }

  #break(): void {
    if (this.#stage !== 'open') return;
    this.#stage = 'gone';
    this.#owner.reset();
  }
}
