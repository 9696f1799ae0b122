import type { Duplex } from 'node:stream';

/**
 * The descriptor of a TCP socket of Node, undefined before 'connect', after the close, on Windows and for other streams.
 * It is reused by the system soon after the close: never keep it.
 */
export function descriptorOf(socket: Duplex): number | undefined {
  const handle = (socket as unknown as { _handle?: { fd?: number } | null })._handle;
  const fd = handle?.fd;
  return fd !== undefined && fd >= 0 ? fd : undefined;
}
