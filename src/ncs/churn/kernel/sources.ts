import type { Libc } from '../../../native/libc.ts';
import { AF_INET, socketAddress, type SocketAddress } from '../../../native/socket-address.ts';
import { EADDRNOTAVAIL, IP_BIND_ADDRESS_NO_PORT, IPPROTO_IP } from './constants.ts';

/** Addresses of this machine that lend their ports, beside the one that the kernel chooses by itself. */
const MOST = 64;

/**
 * The local addresses of connections. As long as there are ports, the kernel chooses; where they run short (each stays
 * with its connection for a minute after the close) and the device is on loopback, other addresses of 127.0.0.0/8
 * have as many each.
 */
export class Sources {
  readonly #libc: Libc;
  /** Which of them is in use: 0 is the kernel's choice. */
  #current = 0;

  constructor(libc: Libc) {
    this.#libc = libc;
  }

  /** Begins to connect a socket; answers like connect. */
  connect(fd: number, remote: SocketAddress): number {
    let result = this.#from(fd, remote);
    if (result !== EADDRNOTAVAIL || !isLoopback(remote)) return result;
    for (let tried = 0; tried < MOST && result === EADDRNOTAVAIL; tried += 1) {
      this.#current = (this.#current + 1) % MOST;
      result = this.#from(fd, remote);
    }
    return result;
  }

  #from(fd: number, remote: SocketAddress): number {
    if (this.#current === 0) return this.#libc.connect(fd, remote.bytes);
    const source = socketAddress(`127.0.0.${1 + this.#current}`, 0);
    if (!source) return EADDRNOTAVAIL;
    // Without it the port would be chosen before the other end is known, and each could be in use only once.
    this.#libc.setIntOption(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    const bound = this.#libc.bind(fd, source.bytes);
    return bound < 0 ? bound : this.#libc.connect(fd, remote.bytes);
  }
}

/** Whether every address of 127.0.0.0/8 leads there. */
export function isLoopback({ family, bytes }: SocketAddress): boolean {
  return family === AF_INET && bytes[4] === 127;
}
