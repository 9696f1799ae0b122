/**
 * The layouts of NETLINK_SOCK_DIAG (linux/netlink.h, linux/sock_diag.h, linux/inet_diag.h) in bytes.
 * Numbers have the byte order of the host, ports and addresses that of the network.
 */

export const AF_NETLINK = 16;
export const SOCK_RAW = 3;
export const NETLINK_SOCK_DIAG = 4;
export const SO_RCVBUF = 8;
export const MSG_TRUNC = 0x20;
export const MSG_DONTWAIT = 0x40;

/** struct nlmsghdr */
export const HEADER = { length: 0, type: 4, flags: 6, sequence: 8, size: 16 } as const;

export const NLM_F_REQUEST = 1;
export const NLM_F_DUMP = 0x300;
export const NLM_F_DUMP_INTR = 0x10;

export const NLMSG_ERROR = 2;
export const NLMSG_DONE = 3;
export const NLMSG_OVERRUN = 4;
export const SOCK_DIAG_BY_FAMILY = 20;

/** struct inet_diag_req_v2, offsets from the start of the netlink message */
export const REQUEST = {
  family: 16,
  protocol: 17,
  states: 20,
  sourcePort: 24,
  destinationPort: 26,
  source: 28,
  destination: 44,
  cookie: 64,
  /** The whole message, header included. */
  size: 72,
} as const;

/** struct inet_diag_msg, offsets from the start of the netlink message */
export const REPLY = {
  family: 16,
  state: 17,
  timer: 18,
  sourcePort: 20,
  destinationPort: 22,
  source: 24,
  destination: 40,
  cookie: 60,
  receiveQueue: 72,
  sendQueue: 76,
  uid: 80,
  inode: 84,
  /** The whole message without attributes, header included. */
  size: 88,
} as const;

/** Asks for a socket whatever its cookie is. */
export const ANY_COOKIE = 0xffffffff;

/** Every state that Linux shows, the request sockets included (bit = 1 << state). */
export const ALL_STATES = 0x1ffe;

/** LISTEN alone. */
export const LISTEN_ONLY = 1 << 10;

/** Every state but TIME_WAIT, in which a socket has no descriptor. */
export const WITH_DESCRIPTOR = ALL_STATES & ~(1 << 6);
