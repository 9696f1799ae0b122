import { getSystemErrorName } from 'node:util';
import { isUnavailable, loadKoffi, type Koffi, type Unavailable } from './koffi.ts';

/**
 * The few calls of Linux' C library that Node does not offer. Each answers like the system call itself:
 * what it promises where it worked, the negative errno where it did not. None of them throws.
 */
export interface Libc {
  socket(domain: number, type: number, protocol: number): number;
  /** Sends the first `length` bytes; answers how many were taken. */
  send(fd: number, bytes: Uint8Array, length: number, flags: number): number;
  /** Fills `bytes`; answers how many came. */
  receive(fd: number, bytes: Uint8Array, flags: number): number;
  /** Fills `count` of the message headers (`struct mmsghdr`) in `headers`; answers how many. */
  receiveMany(fd: number, headers: Uint8Array, count: number, flags: number): number;
  /** Begins to connect to a socket address (socket-address.ts); answers 0. */
  connect(fd: number, address: Uint8Array): number;
  /** Gives a socket its own address; answers 0. */
  bind(fd: number, address: Uint8Array): number;
  /** Writes the socket's own address into `address`; answers 0. */
  ownAddress(fd: number, address: Uint8Array): number;
  /** Ends one direction; answers 0. */
  shutdown(fd: number, how: number): number;
  /** Sets an option whose value is an int; answers 0. */
  setIntOption(fd: number, level: number, option: number, value: number): number;
  /** Sets an option whose value is a structure; answers 0. */
  setOption(fd: number, level: number, option: number, value: Uint8Array): number;
  /** The value, never negative, of an option that is an int. */
  intOption(fd: number, level: number, option: number): number;
  close(fd: number): number;
  /** The address of memory that stays where it is as long as `bytes` lives, for structures that point to it. */
  addressOf(bytes: Uint8Array): bigint;
}

/** The name of a negative errno as {@link Libc} answers it: `ENOENT`. */
export function errnoName(result: number): string {
  try {
    return getSystemErrorName(result);
  } catch {
    return `errno ${-result}`;
  }
}

let opened: Libc | Unavailable | undefined;

/** The C library of this process, or why it cannot be called. Linux only: its constants are Linux' own. */
export function openLibc(): Libc | Unavailable {
  if (process.platform !== 'linux')
    return { unavailable: `there is no Linux kernel here (${process.platform})` };
  const koffi = loadKoffi();
  if (isUnavailable(koffi)) return koffi;
  opened ??= bind(koffi);
  return opened;
}

function bind(koffi: Koffi): Libc | Unavailable {
  try {
    const library = koffi.load(null);
    const socket = library.func('int socket(int domain, int type, int protocol)');
    const send = library.func('intptr_t send(int fd, const void *bytes, size_t length, int flags)');
    const receive = library.func('intptr_t recv(int fd, void *bytes, size_t length, int flags)');
    const receiveMany = library.func(
      'int recvmmsg(int fd, void *headers, uint count, int flags, void *time)',
    );
    const connect = library.func('int connect(int fd, const void *address, uint length)');
    const bindTo = library.func('int bind(int fd, const void *address, uint length)');
    const getsockname = library.func('int getsockname(int fd, void *address, void *length)');
    const shutdown = library.func('int shutdown(int fd, int how)');
    const setsockopt = library.func(
      'int setsockopt(int fd, int level, int option, const void *value, uint length)',
    );
    const getsockopt = library.func(
      'int getsockopt(int fd, int level, int option, void *value, void *length)',
    );
    const close = library.func('int close(int fd)');
    const answer = (result: number): number => (result < 0 ? -koffi.errno() : result);
    const number = new Int32Array(1);
    const size = new Uint32Array(1);
    return {
      socket: (domain, type, protocol) => answer(socket(domain, type, protocol)),
      send: (fd, bytes, length, flags) => answer(send(fd, bytes, length, flags)),
      receive: (fd, bytes, flags) => answer(receive(fd, bytes, bytes.byteLength, flags)),
      receiveMany: (fd, headers, count, flags) => answer(receiveMany(fd, headers, count, flags, null)),
      connect: (fd, address) => answer(connect(fd, address, address.byteLength)),
      bind: (fd, address) => answer(bindTo(fd, address, address.byteLength)),
      ownAddress(fd, address) {
        size[0] = address.byteLength;
        return answer(getsockname(fd, address, size));
      },
      shutdown: (fd, how) => answer(shutdown(fd, how)),
      setIntOption(fd, level, option, value) {
        number[0] = value;
        return answer(setsockopt(fd, level, option, number, 4));
      },
      setOption: (fd, level, option, value) => answer(setsockopt(fd, level, option, value, value.byteLength)),
      intOption(fd, level, option) {
        size[0] = 4;
        const result = answer(getsockopt(fd, level, option, number, size));
        return result < 0 ? result : (number[0] ?? 0);
      },
      close: (fd) => answer(close(fd)),
      addressOf: (bytes) => koffi.address(bytes),
    };
  } catch (error) {
    return {
      unavailable: `the C library cannot be called (${error instanceof Error ? error.message : String(error)})`,
    };
  }
}
