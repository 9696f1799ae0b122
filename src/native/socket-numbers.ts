/** Linux' numbers for sockets that more than one part needs, the same on every architecture that Node runs on. */
export const SOCK_STREAM = 1;
export const SOCK_NONBLOCK = 0o4000;
export const SOCK_CLOEXEC = 0o2000000;
export const SOL_SOCKET = 1;
export const SO_LINGER = 13;
export const IPPROTO_TCP = 6;

/** A negative errno, as the C library's calls answer it here: the connect goes on. */
export const EINPROGRESS = -115;

/** `struct linger`, on, for no time at all: with SO_LINGER the close of a socket is a reset. */
export const RESET_AT_CLOSE = new Uint8Array(Int32Array.of(1, 0).buffer);
