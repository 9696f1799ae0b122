/** Linux' numbers for sockets that more than one part needs, the same on every architecture that Node runs on. */
export const SOCK_CLOEXEC = 0o2000000;
export const SOL_SOCKET = 1;
export const IPPROTO_TCP = 6;
