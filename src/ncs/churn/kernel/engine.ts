import { Epoll } from '../../../native/epoll.ts';
import { isUnavailable, type Unavailable } from '../../../native/koffi.ts';
import { openLibc, type Libc } from '../../../native/libc.ts';
import { socketAddress, type SocketAddress } from '../../../native/socket-address.ts';
import { nowUs } from '../../../history/clock.ts';
import type { Endpoint } from '../../../history/facts.ts';
import type { Engine, Line, LineOwner } from '../engine.ts';
import { KernelLine, type Loop } from './line.ts';
import { Sources } from './sources.ts';
import { Timers } from './timers.ts';

/** The longest time, in microseconds, for which one turn waits. */
const LONGEST_WAIT_US = 2_000;

/** Bytes that are read at once. */
const READ_BYTES = 64 * 1024;

/**
 * Runs a churn on Linux' own calls: nothing stands between it and the kernel. It waits inside {@link turn} and so
 * wants a thread for itself.
 */
export class KernelEngine implements Engine, Loop {
  readonly name = 'kernel';
  readonly libc: Libc;
  readonly epoll: Epoll;
  readonly received = Buffer.from(new ArrayBuffer(READ_BYTES));
  readonly #sources: Sources;
  readonly #lines = new Map<number, KernelLine>();
  readonly #timers = new Timers();
  #soon: (() => void)[] = [];
  /** What was dialled last, and what it is to the kernel. */
  #dialled: Endpoint | undefined;
  #to: SocketAddress | undefined;
  #key = 0;

  private constructor(libc: Libc, epoll: Epoll) {
    this.libc = libc;
    this.epoll = epoll;
    this.#sources = new Sources(libc);
  }

  /** Opens one, or says in one sentence why there is none here. Never throws. */
  static open(): KernelEngine | Unavailable {
    const libc = openLibc();
    if (isUnavailable(libc)) return libc;
    const epoll = Epoll.open();
    return isUnavailable(epoll) ? epoll : new KernelEngine(libc, epoll);
  }

  dial(remote: Endpoint, owner: LineOwner): Line {
    if (this.#dialled !== remote) {
      this.#dialled = remote;
      this.#to = socketAddress(remote.address, remote.port);
    }
    this.#key = (this.#key + 1) >>> 0;
    const line = new KernelLine(this.#key, this, owner);
    this.#lines.set(this.#key, line);
    line.connect(this.#to, this.#sources);
    return line;
  }

  /** Nothing more will happen on this line. */
  forget(key: number): void {
    this.#lines.delete(key);
  }

  soon(act: () => void): void {
    this.#soon.push(act);
  }

  after(ms: number, act: () => void): void {
    this.#timers.add(nowUs() + ms * 1_000, act);
  }

  every(ms: number, act: () => void): () => void {
    let goesOn = true;
    const again = (): void => {
      if (!goesOn) return;
      this.after(ms, again);
      act();
    };
    this.after(ms, again);
    return () => (goesOn = false);
  }

  /** Waits until something happens, a few ms at most, and deals with it. */
  turn(): void {
    this.epoll.wait(this.#waitUs(), (key, events) => this.#lines.get(key)?.happened(events));
    const soon = this.#soon;
    this.#soon = [];
    for (const act of soon) act();
    this.#timers.run(nowUs());
  }

  /** Frees everything but the lines that were not dropped. */
  close(): void {
    this.epoll.close();
  }

  #waitUs(): number {
    if (this.#soon.length > 0) return 0;
    return Math.max(0, Math.min(LONGEST_WAIT_US, Math.ceil(this.#timers.nextUs - nowUs())));
  }
}
