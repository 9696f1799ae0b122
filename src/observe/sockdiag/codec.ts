import { parseAddress, formatAddress } from '../../native/address.ts';
import { AF_INET, AF_INET6 } from '../../native/socket-address.ts';
import { IPPROTO_TCP } from '../../native/socket-numbers.ts';
import { ObserverBlind } from '../blind.ts';
import { linuxState, linuxTimer } from '../states.ts';
import type { SocketQuery, SocketReading, TableEntry } from '../observer.ts';
import { ANY_COOKIE, HEADER, NLM_F_REQUEST, REPLY, REQUEST, SOCK_DIAG_BY_FAMILY } from './layout.ts';
import { allocate, type Memory } from './memory.ts';

/** An address as netlink has it: a family and four words in network order (IPv4 uses the first). */
export interface WireAddress {
  family: typeof AF_INET | typeof AF_INET6;
  words: Uint32Array;
}

const MOST_CACHED = 1024;
const wireAddresses = new Map<string, WireAddress>();

/** The address as netlink wants it; IPv4-mapped ones are IPv4. Remembers what it was asked before. */
export function wireAddress(text: string): WireAddress {
  const known = wireAddresses.get(text);
  if (known) return known;
  const bytes = parseAddress(text);
  if (!bytes) throw new ObserverBlind(`"${text}" is no literal address, so no socket can be looked up by it`);
  const memory = allocate(16);
  memory.u8.set(bytes);
  const address: WireAddress = { family: bytes.length === 4 ? AF_INET : AF_INET6, words: memory.u32 };
  if (wireAddresses.size >= MOST_CACHED) wireAddresses.clear();
  wireAddresses.set(text, address);
  return address;
}

/** Writes the fields that a lookup and a dump share; `at` is where the message starts. */
export function writeRequest(
  memory: Memory,
  at: number,
  request: { length: number; flags: number; sequence: number; family: number; states: number },
): void {
  const { u8, u16, u32 } = memory;
  // A loop and no fill: for so few words the call itself would cost more, and a churn makes it for every look.
  for (let word = at >> 2; word < (at + REQUEST.size) >> 2; word += 1) u32[word] = 0;
  u32[(at + HEADER.length) >> 2] = request.length;
  u16[(at + HEADER.type) >> 1] = SOCK_DIAG_BY_FAMILY;
  u16[(at + HEADER.flags) >> 1] = request.flags;
  u32[(at + HEADER.sequence) >> 2] = request.sequence;
  u8[at + REQUEST.family] = request.family;
  u8[at + REQUEST.protocol] = IPPROTO_TCP;
  u32[(at + REQUEST.states) >> 2] = request.states;
}

/** Writes the question for exactly one socket. Both ends have to be of one family. */
export function writeLookup(memory: Memory, at: number, query: SocketQuery, sequence: number): void {
  const source = wireAddress(query.source.address);
  const destination = wireAddress(query.destination.address);
  if (source.family !== destination.family) {
    throw new ObserverBlind(
      `${query.source.address} and ${query.destination.address} cannot be the ends of one connection`,
    );
  }
  writeRequest(memory, at, {
    length: REQUEST.size,
    flags: NLM_F_REQUEST,
    sequence,
    family: source.family,
    states: 0,
  });
  writePort(memory, at + REQUEST.sourcePort, query.source.port);
  writePort(memory, at + REQUEST.destinationPort, query.destination.port);
  writeAddress(memory, at + REQUEST.source, source);
  writeAddress(memory, at + REQUEST.destination, destination);
  memory.u32[(at + REQUEST.cookie) >> 2] = ANY_COOKIE;
  memory.u32[(at + REQUEST.cookie + 4) >> 2] = ANY_COOKIE;
}

/**
 * Whether a reply is about the socket that was asked for. For a connection that is gone the kernel
 * answers with the listener of its port instead, whose remote end is empty.
 */
export function isAbout(memory: Memory, at: number, query: SocketQuery): boolean {
  return (
    readPort(memory, at + REPLY.destinationPort) === query.destination.port &&
    readPort(memory, at + REPLY.sourcePort) === query.source.port &&
    holdsAddress(memory, at, REPLY.destination, wireAddress(query.destination.address)) &&
    holdsAddress(memory, at, REPLY.source, wireAddress(query.source.address))
  );
}

/** The state, queues and owner in a reply, or null where the socket is no connection any more. */
export function readReading(memory: Memory, at: number): SocketReading | null {
  const { u8, u32 } = memory;
  const number = u8[at + REPLY.state] ?? 0;
  const state = linuxState(number);
  if (state === undefined) throw new ObserverBlind(`the kernel showed the unknown TCP state ${number}`);
  if (state === 'CLOSE') return null;
  const word = (offset: number): number => u32[(at + offset) >> 2] ?? 0;
  return {
    state,
    inode: word(REPLY.inode),
    uid: word(REPLY.uid),
    receiveQueue: word(REPLY.receiveQueue),
    sendQueue: word(REPLY.sendQueue),
    timer: linuxTimer(u8[at + REPLY.timer] ?? 0),
    cookie: word(REPLY.cookie) + word(REPLY.cookie + 4) * 2 ** 32,
  };
}

/** A whole row of a dump, addresses in their one spelling. */
export function readEntry(memory: Memory, at: number): TableEntry | null {
  const reading = readReading(memory, at);
  if (!reading) return null;
  const length = memory.u8[at + REPLY.family] === AF_INET ? 4 : 16;
  const address = (offset: number): string =>
    formatAddress(memory.u8.subarray(at + offset, at + offset + length));
  return {
    ...reading,
    local: { address: address(REPLY.source), port: readPort(memory, at + REPLY.sourcePort) },
    remote: { address: address(REPLY.destination), port: readPort(memory, at + REPLY.destinationPort) },
  };
}

function writePort({ u8 }: Memory, at: number, port: number): void {
  u8[at] = port >> 8;
  u8[at + 1] = port & 0xff;
}

function writeAddress({ u32 }: Memory, at: number, { words }: WireAddress): void {
  for (let word = 0; word < words.length; word += 1) u32[(at >> 2) + word] = words[word] ?? 0;
}

function readPort({ u8 }: Memory, at: number): number {
  return ((u8[at] ?? 0) << 8) | (u8[at + 1] ?? 0);
}

const MAPPED_PREFIX = new Uint32Array(Uint8Array.of(0, 0, 0xff, 0xff).buffer)[0];

function holdsAddress({ u8, u32 }: Memory, at: number, offset: number, address: WireAddress): boolean {
  const first = (at + offset) >> 2;
  const { words } = address;
  const family = u8[at + REPLY.family];
  if (address.family === AF_INET6) {
    if (family !== AF_INET6) return false;
    return (
      u32[first] === words[0] &&
      u32[first + 1] === words[1] &&
      u32[first + 2] === words[2] &&
      u32[first + 3] === words[3]
    );
  }
  if (family === AF_INET) return u32[first] === words[0];
  return (
    u32[first] === 0 &&
    u32[first + 1] === 0 &&
    u32[first + 2] === MAPPED_PREFIX &&
    u32[first + 3] === words[0]
  );
}
