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
  /** Sets an option whose value is an int; answers 0. */
  setIntOption(fd: number, level: number, option: number, value: number): number;
  close(fd: number): number;
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
    const setsockopt = library.func(
      'int setsockopt(int fd, int level, int option, const void *value, int length)',
    );
    const close = library.func('int close(int fd)');
    const answer = (result: number): number => (result < 0 ? -koffi.errno() : result);
    const number = new Int32Array(1);
    return {
      socket: (domain, type, protocol) => answer(socket(domain, type, protocol)),
      send: (fd, bytes, length, flags) => answer(send(fd, bytes, length, flags)),
      receive: (fd, bytes, flags) => answer(receive(fd, bytes, bytes.byteLength, flags)),
      setIntOption(fd, level, option, value) {
        number[0] = value;
        return answer(setsockopt(fd, level, option, number, 4));
      },
      close: (fd) => answer(close(fd)),
    };
  } catch (error) {
    return {
      unavailable: `the C library cannot be called (${error instanceof Error ? error.message : String(error)})`,
    };
  }
}
