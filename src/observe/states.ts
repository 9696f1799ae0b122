import type { TcpState } from '../history/facts.ts';

/** Linux' numbers of the states (include/net/tcp_states.h); 12 is its half-made request socket. */
const LINUX_STATES: readonly (TcpState | 'CLOSE' | undefined)[] = [
  undefined,
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'SYN_RECV',
];

/**
 * The state with this number in Linux' tables; `CLOSE` is a socket that is no connection any more.
 * Undefined for a number that Linux does not have: never guess.
 */
export function linuxState(number: number): TcpState | 'CLOSE' | undefined {
  return LINUX_STATES[number];
}

/** Linux' timer numbers, the same in netlink and in /proc/net/tcp. */
const LINUX_TIMERS = ['none', 'retransmit', 'keepalive', 'timewait', 'probe'] as const;

/** The name of a timer number; one that is new to us is shown as none. */
export function linuxTimer(number: number): (typeof LINUX_TIMERS)[number] {
  return LINUX_TIMERS[number] ?? 'none';
}

const SS_STATES: Readonly<Record<string, TcpState | 'CLOSE'>> = {
  ESTAB: 'ESTABLISHED',
  'SYN-SENT': 'SYN_SENT',
  'SYN-RECV': 'SYN_RECV',
  'FIN-WAIT-1': 'FIN_WAIT_1',
  'FIN-WAIT-2': 'FIN_WAIT_2',
  'TIME-WAIT': 'TIME_WAIT',
  UNCONN: 'CLOSE',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  'LAST-ACK': 'LAST_ACK',
  LISTEN: 'LISTEN',
  CLOSING: 'CLOSING',
};

/** The state that `ss` of iproute2 calls this; undefined for a word it does not have. */
export function ssState(word: string): TcpState | 'CLOSE' | undefined {
  return SS_STATES[word];
}
