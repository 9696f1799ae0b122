/** Linux' numbers for TCP sockets, the same on every architecture that Node runs on. */
export const SO_ERROR = 4;
export const IPPROTO_IP = 0;
export const IP_BIND_ADDRESS_NO_PORT = 24;
export const TCP_NODELAY = 1;

export const MSG_NOSIGNAL = 0x4000;
export const SHUT_WR = 1;

/** Negative errnos, as the C library's calls answer them here. */
export const EAGAIN = -11;
export const EADDRNOTAVAIL = -99;
