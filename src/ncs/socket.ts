import { connect, type Socket } from 'node:net';
import type { Endpoint, Tuple } from '../history/facts.ts';
import type { OwnEnd, Stream } from './network.ts';

/** What a connection says of its two ends. */
type Ends = Pick<Stream, 'localAddress' | 'localPort' | 'remoteAddress' | 'remotePort'>;

/** Begins to connect. Each end of the connection is closed by itself, and what is written goes out at once. */
export function connectTo(remote: Endpoint, own: OwnEnd = {}): Socket {
  const { localPort, localAddress } = own;
  return connect({
    host: remote.address,
    port: remote.port,
    family: remote.address.includes(':') ? 6 : 4,
    allowHalfOpen: true,
    noDelay: true,
    autoSelectFamily: false,
    ...(localPort !== undefined && { localPort }),
    ...(localAddress !== undefined && { localAddress }),
  });
}

/** Both ends of a connection; undefined where it is gone again already. */
export function tupleOf(socket: Ends): Tuple | undefined {
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  if (localAddress === undefined || remoteAddress === undefined) return undefined;
  return {
    local: { address: plainAddress(localAddress), port: localPort ?? 0 },
    remote: { address: plainAddress(remoteAddress), port: remotePort ?? 0 },
  };
}

/** Whether a connect to a dead port of the ephemeral range has met itself. */
export function metItself(socket: Ends): boolean {
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  return localAddress === remoteAddress && localPort === remotePort;
}

/** An address without the zone, IPv4-mapped ones in their IPv4 form. */
export function plainAddress(address: string): string {
  const bare = address.replace(/%.*$/, '');
  return bare.startsWith('::ffff:') && bare.includes('.') ? bare.slice('::ffff:'.length) : bare;
}
