import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

interface Handle {
  close(callback?: () => void): void;
  unref?(): void;
  readStart?(): number;
  readStop?(): number;
}

/**
 * Stops reading for good, the end of the stream included, as a program does that never calls recv() again: a paused
 * socket of Node still reads on until its buffer is full, and closes itself at the end of the stream.
 */
export function neverReadAgain(socket: Socket): void {
  const handle = (socket as unknown as { _handle?: Handle | null })._handle;
  if (!handle) return;
  handle.readStop?.();
  handle.readStart = () => 0;
}

/**
 * Makes a socket keep its descriptor, as a program does that never calls close(): once the peer resets it, or
 * after an orderly end, whose FIN is sent all the same. Any other end of the connection closes it as usual.
 * @param isMeant whether this connection is one whose descriptor is kept, asked at its end
 * @returns closes the kept descriptor; without effect where none was kept
 */
export function keepDescriptor(socket: Socket, when: 'reset' | 'end', isMeant: () => boolean): () => void {
  // Node closes the descriptor before it reports the error, so that its handle is the only place to intervene.
  const handle = (socket as unknown as { _handle?: Handle | null })._handle;
  if (!handle) return () => {};
  const close = handle.close.bind(handle);
  let kept = false;
  handle.close = (callback) => {
    const error = socket.errored as NodeJS.ErrnoException | null;
    const wanted = when === 'reset' ? error?.code === 'ECONNRESET' : !error && socket.readableEnded;
    if (!wanted || !isMeant()) return close(callback);
    kept = true;
    handle.unref?.();
    if (callback) setImmediate(callback);
  };
  return () => {
    if (kept) close();
    kept = false;
  };
}

/** Seconds after which a helper ends by itself, should nobody end it. */
const HELPER_S = '60';

/**
 * Starts a program that inherits the descriptor of a socket, as a device does that forgets close-on-exec.
 * @returns ends it; absent where the socket has no descriptor any more
 */
export function startHelper(socket: Socket): (() => void) | undefined {
  const handle = (socket as unknown as { _handle?: (Handle & { fd?: number }) | null })._handle;
  if (handle?.fd === undefined || handle.fd < 0) return undefined;
  const helper = spawn('sleep', [HELPER_S], { stdio: ['ignore', 'ignore', 'ignore', handle.fd] });
  helper.on('error', () => {});
  helper.unref();
  return () => void helper.kill('SIGKILL');
}
