import type { Endpoint, Tuple } from '../history/facts.ts';
import { nowUs } from '../history/clock.ts';
import { isUnavailable } from '../native/koffi.ts';
import { errnoName, openLibc, type Libc } from '../native/libc.ts';
import {
  LARGEST_SOCKET_ADDRESS,
  readSocketAddress,
  socketAddress,
  type SocketAddress,
} from '../native/socket-address.ts';
import {
  EINPROGRESS,
  RESET_AT_CLOSE,
  SO_LINGER,
  SOCK_CLOEXEC,
  SOCK_NONBLOCK,
  SOCK_STREAM,
  SOL_SOCKET,
} from '../native/socket-numbers.ts';

/** What a connect answers that is asked again: it still goes on, or is over. */
const EALREADY = -114;
const EISCONN = -106;

/** What became of a burst. */
export interface Burst {
  /** Connections that were established, and reset at once. */
  reset: number;
  /** Those of which `look` said that they stood at the device and no application had taken them. */
  unaccepted: number;
  /** Microseconds from the connect to the reset, of the one that took longest. */
  slowestUs: number;
  /** Why a connection was not established, of the first that was not. */
  problem?: string;
}

/** How a burst is made. */
export interface BurstOptions {
  remote: Endpoint;
  count: number;
  /** ms for which a handshake may keep this process; it does nothing else meanwhile. */
  withinMs: number;
  /** Asked of each connection between its handshake and its reset: whether the device holds it, not accepted. */
  look?: ((tuple: Tuple) => boolean) | undefined;
}

/** Whether connections can be reset this early on this machine. */
export function canBurst(): boolean {
  return !isUnavailable(openLibc());
}

/**
 * Opens connections one after the other and resets each as soon as its handshake is over, in one turn of this process:
 * before an application can have taken it, unless it is very quick.
 */
export function burst({ remote, count, withinMs, look }: BurstOptions): Burst {
  const libc = openLibc();
  const address = socketAddress(remote.address, remote.port);
  const told: Burst = { reset: 0, unaccepted: 0, slowestUs: 0 };
  if (isUnavailable(libc) || !address) return { ...told, problem: 'there is no such call here' };
  const ownAddress = new Uint8Array(LARGEST_SOCKET_ADDRESS);
  for (let number = 0; number < count; number += 1) {
    const startUs = nowUs();
    const fd = libc.socket(address.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return { ...told, problem: errnoName(fd) };
    const problem = establish(libc, fd, address, startUs + withinMs * 1_000);
    if (problem === undefined && look && libc.ownAddress(fd, ownAddress) === 0) {
      if (look({ local: readSocketAddress(ownAddress), remote: address.endpoint })) told.unaccepted += 1;
    }
    libc.setOption(fd, SOL_SOCKET, SO_LINGER, RESET_AT_CLOSE);
    libc.close(fd);
    if (problem !== undefined) return { ...told, problem };
    told.reset += 1;
    told.slowestUs = Math.max(told.slowestUs, nowUs() - startUs);
  }
  return told;
}

/** Waits for the handshake without giving the processor away. */
function establish(libc: Libc, fd: number, { bytes }: SocketAddress, untilUs: number): string | undefined {
  for (;;) {
    const result = libc.connect(fd, bytes);
    if (result === 0 || result === EISCONN) return undefined;
    if (result !== EINPROGRESS && result !== EALREADY) return errnoName(result);
    if (nowUs() >= untilUs) return 'ETIMEDOUT';
  }
}
