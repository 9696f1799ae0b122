import { formatAddress, parseAddress } from './address.ts';

/** Linux' numbers of the address families. */
export const AF_INET = 2;
export const AF_INET6 = 10;

/** `struct sockaddr_in` and `struct sockaddr_in6`: offsets and sizes in bytes. */
const LAYOUT = {
  [AF_INET]: { address: 4, length: 4, size: 16 },
  [AF_INET6]: { address: 8, length: 16, size: 28 },
} as const;
const PORT = 2;

/** Room for a socket address of either family. */
export const LARGEST_SOCKET_ADDRESS = LAYOUT[AF_INET6].size;

/** An address and a port as Linux' calls want them, and the family of both. */
export interface SocketAddress {
  family: typeof AF_INET | typeof AF_INET6;
  bytes: Uint8Array;
  /** The same for a person, the address in its one spelling. */
  endpoint: { address: string; port: number };
}

/** A literal address without a zone and a port as a socket address; undefined for any other text. */
export function socketAddress(address: string, port: number): SocketAddress | undefined {
  const parsed = address.includes('%') ? undefined : parseAddress(address);
  if (!parsed) return undefined;
  const family = parsed.length === 4 ? AF_INET : AF_INET6;
  const layout = LAYOUT[family];
  const bytes = new Uint8Array(layout.size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, family, true);
  view.setUint16(PORT, port);
  bytes.set(parsed, layout.address);
  return { family, bytes, endpoint: { address: formatAddress(parsed), port } };
}

/** The address and the port in a socket address that the kernel has written. */
export function readSocketAddress(bytes: Uint8Array): { address: string; port: number } {
  const { address, length } = LAYOUT[bytes[0] === AF_INET6 ? AF_INET6 : AF_INET];
  return {
    address: formatAddress(bytes.subarray(address, address + length)),
    port: ((bytes[PORT] ?? 0) << 8) | (bytes[PORT + 1] ?? 0),
  };
}
