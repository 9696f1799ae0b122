import { isUnavailable } from '../native/koffi.ts';
import { errnoName, openLibc } from '../native/libc.ts';
import { AF_INET } from '../native/socket-address.ts';
import { IPPROTO_TCP, SOCK_STREAM } from '../native/socket-numbers.ts';
import type { History } from '../history/history.ts';
import type { Connection } from './connection.ts';

/** Linux' TCP_REPAIR: a socket that is closed in this mode is forgotten, and nothing is sent (tcp(7), needs CAP_NET_ADMIN). */
const TCP_REPAIR = 19;

/**
 * Why a connection cannot be made to disappear on this machine, as a clause for the report; undefined where it
 * can. The right to do it is tried out on a socket of our own that is never connected.
 */
export function whyNotVanish(): string | undefined {
  const libc = openLibc();
  if (isUnavailable(libc))
    return `a connection cannot be made to vanish on this machine: ${libc.unavailable}`;
  const fd = libc.socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) return `a connection cannot be made to vanish: no socket can be had (${errnoName(fd)})`;
  const result = libc.setIntOption(fd, IPPROTO_TCP, TCP_REPAIR, 1);
  libc.close(fd);
  if (result === 0) return undefined;
  return `to make a connection vanish takes root, or the capability CAP_NET_ADMIN (${errnoName(result)})`;
}

/**
 * Makes our end of a connection disappear as if this host had lost its power: neither FIN nor RST is sent, and
 * the device's end stays as it is. What the device sends later meets no socket here, and our kernel answers it
 * with RST, as that of a restarted host would.
 * @returns why it could not be done; then the connection is as it was
 */
export function vanish(connection: Connection, history: History): string | undefined {
  const libc = openLibc();
  if (isUnavailable(libc)) return libc.unavailable;
  const { descriptor } = connection;
  if (descriptor === undefined) return 'the connection has no descriptor any more';
  const result = libc.setIntOption(descriptor, IPPROTO_TCP, TCP_REPAIR, 1);
  if (result !== 0) return `the kernel does not permit it (${errnoName(result)})`;
  history.record({ kind: 'act', connection: connection.name, act: 'vanish' });
  connection.discard();
  return undefined;
}
