import { connectFailure, type ConnectFailure } from './failure.ts';
import type { Stream } from './network.ts';
import { metItself } from './socket.ts';

/** How an attempt to connect went. */
export interface Attempt {
  /** The device's address and port as text. */
  where: string;
  /** ms until the attempt counts as unanswered. */
  timeoutMs: number;
  /** Called in the tick in which the connection is up. */
  up: () => void;
  /** Called where it did not come up; `event` is what the descriptor itself does not report. */
  failed: (failure: ConnectFailure, event?: 'timeout' | 'refused') => void;
}

/** Follows an attempt to connect. The first error of the socket is told as a failure even when it was up already. */
export function followOpening(socket: Stream, { where, timeoutMs, up, failed }: Attempt): void {
  const fail = (failure: ConnectFailure, event?: 'timeout' | 'refused'): void => {
    clearTimeout(timer);
    failed(failure, event);
  };
  const timer = setTimeout(() => fail(connectFailure('ETIMEDOUT', where), 'timeout'), timeoutMs);
  socket.once('error', (error: NodeJS.ErrnoException) => fail(connectFailure(error.code ?? 'EIO', where)));
  socket.once('connect', () => {
    clearTimeout(timer);
    if (metItself(socket)) fail(selfConnect(where), 'refused');
    else up();
  });
}

function selfConnect(where: string): ConnectFailure {
  return {
    whose: 'device',
    reason: 'refused',
    code: 'ECONNREFUSED',
    text: `nothing listens on ${where}: the connection met itself`,
  };
}
