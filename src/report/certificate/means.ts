import type { Means } from '../../history/facts.ts';

/** What each means is, for a reader of the certificate. */
export const MEANS_NAMES: Readonly<Record<Means, string>> = {
  descriptor: 'events of our own socket (descriptor)',
  tcp_info: 'TCP_INFO of our own socket (tcp_info)',
  sock_diag: 'the kernel’s socket table, one socket at a time (sock_diag)',
  ss: 'the kernel’s socket table through ss',
  proc: 'the kernel’s socket table in /proc (proc)',
  fd: 'the descriptors of the device’s process (fd)',
  inference: 'inference from what was observed (inference)',
};
