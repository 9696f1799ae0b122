import { endianness } from 'node:os';
import { isUnavailable, loadKoffi, type Koffi, type Unavailable } from './koffi.ts';
import { errnoName, openLibc, type Libc } from './libc.ts';

const EPOLL_CLOEXEC = 0o2000000;
const EPOLL_CTL_ADD = 1;

/** What an event says; a bit each. */
export const EPOLLIN = 0x1;
export const EPOLLOUT = 0x4;
export const EPOLLERR = 0x8;
export const EPOLLHUP = 0x10;
/** The other end sends nothing any more. */
export const EPOLLRDHUP = 0x2000;
/** Tells of a change once, and not again and again for as long as something is to be done. */
export const EPOLLET = 0x8000_0000;

/** `struct epoll_event` in words of 32 bits: packed on x86-64, as everywhere else otherwise. */
const EVENT = process.arch === 'x64' ? { words: 3, key: 1 } : { words: 4, key: 2 };

const MOST_EVENTS = 256;

const ENOSYS = 38;

/** The three calls, answering like {@link Libc}. */
interface Calls {
  create(flags: number): number;
  control(epoll: number, operation: number, fd: number, event: Uint32Array): number;
  /** Waits for so many microseconds at most, less than a second; answers how many events came, or below 0. */
  wait(epoll: number, events: Uint32Array, count: number, us: number): number;
}

/** Waits for events of many descriptors at once, in the thread that calls it. */
export class Epoll {
  readonly #libc: Libc;
  readonly #calls: Calls;
  readonly #fd: number;
  readonly #event = new Uint32Array(EVENT.words);
  readonly #events = new Uint32Array(EVENT.words * MOST_EVENTS);

  private constructor(libc: Libc, calls: Calls, fd: number) {
    this.#libc = libc;
    this.#calls = calls;
    this.#fd = fd;
  }

  /** Opens one, or says in one sentence why there is none. Never throws. */
  static open(): Epoll | Unavailable {
    const libc = openLibc();
    if (isUnavailable(libc)) return libc;
    const calls = bindCalls();
    if (isUnavailable(calls)) return calls;
    const fd = calls.create(EPOLL_CLOEXEC);
    return fd < 0
      ? { unavailable: `the kernel gives no means of waiting for many sockets (${errnoName(fd)})` }
      : new Epoll(libc, calls, fd);
  }

  /**
   * Tells of these events of a descriptor until it is closed; answers 0 or the negative errno.
   * @param key any number of 32 bits that {@link wait} is to call it by
   */
  add(fd: number, key: number, events: number): number {
    this.#event[0] = events;
    this.#event[EVENT.key] = key;
    return this.#calls.control(this.#fd, EPOLL_CTL_ADD, fd, this.#event);
  }

  /**
   * Waits for so many microseconds at most, less than a second, and hands on what has happened: the key and the bits
   * of each descriptor.
   */
  wait(us: number, handle: (key: number, events: number) => void): void {
    const count = this.#calls.wait(this.#fd, this.#events, MOST_EVENTS, us);
    for (let index = 0; index < count; index++) {
      const at = index * EVENT.words;
      handle(this.#events[at + EVENT.key] ?? 0, this.#events[at] ?? 0);
    }
  }

  close(): void {
    this.#libc.close(this.#fd);
  }
}

function bindCalls(): Calls | Unavailable {
  const koffi = loadKoffi();
  if (isUnavailable(koffi)) return koffi;
  if (endianness() !== 'LE')
    return { unavailable: 'this machine has its bytes in an order not provided for' };
  try {
    const library = koffi.load(null);
    const create = library.func('int epoll_create1(int flags)');
    const control = library.func('int epoll_ctl(int epoll, int operation, int fd, void *event)');
    const answer = (result: number): number => (result < 0 ? -koffi.errno() : result);
    return {
      create: (flags) => answer(create(flags)),
      control: (epoll, operation, fd, event) => answer(control(epoll, operation, fd, event)),
      wait: bindWait(koffi, library),
    };
  } catch (error) {
    return {
      unavailable: `the C library cannot be called (${error instanceof Error ? error.message : String(error)})`,
    };
  }
}

/** The call that waits to the microsecond (Linux 5.11, glibc 2.35), or else the one that waits to the millisecond. */
function bindWait(koffi: Koffi, library: ReturnType<Koffi['load']>): Calls['wait'] {
  const coarse = library.func('int epoll_wait(int epoll, void *events, int count, int ms)');
  const toMs: Calls['wait'] = (epoll, events, count, us) =>
    coarse(epoll, events, count, Math.ceil(us / 1_000));
  try {
    const fine = library.func(
      'int epoll_pwait2(int epoll, void *events, int count, const void *time, const void *signals)',
    );
    // `struct timespec` of a 64-bit system: seconds and nanoseconds, two words each.
    const time = new Uint32Array(4);
    // No descriptor is -1: a kernel that has the call says so.
    if (fine(-1, time, 1, time, null) < 0 && koffi.errno() === ENOSYS) return toMs;
    return (epoll, events, count, us) => {
      time[2] = us * 1_000;
      return fine(epoll, events, count, time, null);
    };
  } catch {
    return toMs;
  }
}
