import { isUnavailable } from '../native/koffi.ts';
import { openLibc } from '../native/libc.ts';
import { IPPROTO_TCP } from '../native/socket-numbers.ts';

const TCP_CORK = 3;

/**
 * Holds back what is written (`true`) until it is set free (`false`) or the stream ends. Data written and
 * ended under a cork leave in one segment with the FIN.
 * @returns false where it cannot be done (no Linux, no koffi, a descriptor that is gone): then the FIN may
 *   come in a segment of its own, and whoever needs it in the data's segment has to say so
 */
export function setCork(fd: number, on: boolean): boolean {
  const libc = openLibc();
  return !isUnavailable(libc) && libc.setIntOption(fd, IPPROTO_TCP, TCP_CORK, on ? 1 : 0) === 0;
}
