import { isIPv4, isIPv6 } from 'node:net';

/** 4 bytes for IPv4, 16 for IPv6, in network order. */
export type AddressBytes = Uint8Array;

/**
 * The bytes of a literal address, or undefined where the text is none. A zone (`%eth0`) is dropped and an
 * IPv4-mapped address (`::ffff:192.0.2.1`) is the IPv4 address: a listener on `::` has connections of both kinds.
 */
export function parseAddress(text: string): AddressBytes | undefined {
  const literal = text.split('%', 1)[0] ?? '';
  if (isIPv4(literal)) return Uint8Array.from(literal.split('.'), Number);
  if (!isIPv6(literal)) return undefined;
  return unmapped(parseIpv6(literal));
}

/** The one spelling of an address: dotted IPv4, also where it came mapped; IPv6 as in RFC 5952. */
export function formatAddress(bytes: AddressBytes): string {
  const address = unmapped(bytes);
  return address.length === 4 ? address.join('.') : formatIpv6(address);
}

/** The one spelling of a literal address; anything else comes back as it is. */
export function normalizeAddress(text: string): string {
  const bytes = parseAddress(text);
  return bytes ? formatAddress(bytes) : text;
}

/** The IPv4 address inside an IPv4-mapped one; any other address as it is. */
export function unmapped(bytes: AddressBytes): AddressBytes {
  if (bytes.length !== 16 || bytes[10] !== 0xff || bytes[11] !== 0xff) return bytes;
  return bytes.subarray(0, 10).every((byte) => byte === 0) ? bytes.subarray(12) : bytes;
}

function parseIpv6(literal: string): AddressBytes {
  const [head = '', tail] = literal.split('::');
  const first = groups(head);
  const last = tail === undefined ? [] : groups(tail);
  const bytes = new Uint8Array(16);
  bytes.set(first, 0);
  bytes.set(last, 16 - last.length);
  return bytes;
}

function groups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

function formatIpv6(bytes: AddressBytes): string {
  const values = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  const { start, length } = longestZeroRun(values);
  const text = (part: number[]): string => part.map((value) => value.toString(16)).join(':');
  if (length < 2) return text(values);
  return `${text(values.slice(0, start))}::${text(values.slice(start + length))}`;
}

function longestZeroRun(values: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  values.forEach((value, i) => {
    length = value === 0 ? length + 1 : 0;
    if (length > best.length) best = { start: i - length + 1, length };
  });
  return best;
}
