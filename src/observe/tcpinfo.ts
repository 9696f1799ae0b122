import type { SocketState } from '../history/facts.ts';
import { isUnavailable } from '../native/koffi.ts';
import { openLibc } from '../native/libc.ts';
import { linuxState } from './states.ts';

/** What the kernel says about the connection of one of our own descriptors (struct tcp_info). */
export interface TcpInfo {
  /** `none` where the descriptor is still open but its connection is gone, after a reset for example. */
  state: SocketState;
  /** Times that the oldest unacknowledged segment was sent again. */
  retransmits: number;
  /** Zero-window and keep-alive probes that got no answer. */
  probes: number;
  /** Segments sent and not acknowledged. */
  unacked: number;
  /** Segments sent again since the connection began. */
  totalRetransmits: number;
  /** Smoothed round-trip time in microseconds. */
  roundTripUs: number;
}

const IPPROTO_TCP = 6;
const TCP_INFO = 11;
const INFO = {
  state: 0,
  retransmits: 2,
  probes: 3,
  unacked: 24,
  roundTrip: 68,
  totalRetransmits: 100,
} as const;
const INFO_BYTES = 104;

/**
 * Asks the kernel about one of our own descriptors (1 to 2 us); undefined without Linux or koffi and for a
 * descriptor that is no TCP socket. See `descriptorOf` for the descriptor of a socket of Node.
 */
export function tcpInfo(fd: number): TcpInfo | undefined {
  const libc = openLibc();
  if (isUnavailable(libc)) return undefined;
  const bytes = new Uint8Array(INFO_BYTES);
  if (libc.getOption(fd, IPPROTO_TCP, TCP_INFO, bytes) < INFO_BYTES) return undefined;
  const words = new Uint32Array(bytes.buffer);
  const word = (offset: number): number => words[offset / 4] ?? 0;
  const state = linuxState(bytes[INFO.state] ?? 0);
  return {
    state: state === 'CLOSE' ? 'none' : (state ?? 'UNKNOWN'),
    retransmits: bytes[INFO.retransmits] ?? 0,
    probes: bytes[INFO.probes] ?? 0,
    unacked: word(INFO.unacked),
    totalRetransmits: word(INFO.totalRetransmits),
    roundTripUs: word(INFO.roundTrip),
  };
}
