import type { Socket } from 'node:net';

/**
 * The descriptor of a TCP socket of Node, undefined before 'connect', after the close and on Windows.
 * It is reused by the system soon after the close: never keep it.
 */
export function descriptorOf(socket: Socket): number | undefined {
  const handle = (socket as unknown as { _handle?: { fd?: number } | null })._handle;
  const fd = handle?.fd;
  return fd !== undefined && fd >= 0 ? fd : undefined;
}
