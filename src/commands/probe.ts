import { connect } from 'node:net';
import { connectFailure } from '../ncs/failure.ts';
import { decodeFrame } from '../wire/decode.ts';
import { encodeMessage } from '../wire/encode.ts';
import { Framer } from '../wire/framer.ts';
import type { DecodedMessage, Encoding, OutgoingMessage } from '../wire/types.ts';

/** ms that the device may take to close after we have. */
const CLOSE_MS = 1_000;

/** What came of one connection, and of one message on it. */
export type ProbeResult =
  | { kind: 'reply'; reply: DecodedMessage; ms: number }
  | { kind: 'connected' | 'silence' | 'close' | 'reset' }
  | { kind: 'no connection'; text: string };

/** One gentle look at a device. */
export interface Probe {
  address: string;
  port: number;
  /** ms that the connect, and then the reply, may take. */
  waitMs: number;
  message?: OutgoingMessage;
  encoding?: Encoding;
}

/**
 * Opens one connection, says one message where there is one, waits for one reply, and closes orderly. Never
 * rejects: whatever happens is a result.
 */
export function probe({ address, port, waitMs, message, encoding = 'ucs-2be' }: Probe): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const framer = new Framer({ expect: encoding });
    const socket = connect({ host: address, port, autoSelectFamily: false });
    let connected = false;
    let begin = 0;
    let timer = setTimeout(() => finish(noAnswer()), waitMs);

    function noAnswer(): ProbeResult {
      if (connected) return { kind: 'silence' };
      return { kind: 'no connection', text: `does not answer within ${waitMs / 1_000} s` };
    }

    function finish(result: ProbeResult): void {
      clearTimeout(timer);
      socket.removeAllListeners('data');
      resolve(result);
      // Whatever is still sent must be read, or our kernel would answer the device with a reset.
      socket.resume();
      socket.end();
      timer = setTimeout(() => socket.destroy(), CLOSE_MS);
    }

    socket.on('connect', () => {
      connected = true;
      if (socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress) {
        return finish({ kind: 'no connection', text: 'refuses connections' });
      }
      if (!message) return finish({ kind: 'connected' });
      clearTimeout(timer);
      timer = setTimeout(() => finish(noAnswer()), waitMs);
      begin = performance.now();
      socket.write(encodeMessage(message, encoding));
    });
    socket.on('data', (chunk: Buffer) => {
      const [frame] = framer.push(chunk);
      if (frame) finish({ kind: 'reply', reply: decodeFrame(frame), ms: performance.now() - begin });
    });
    socket.on('end', () => finish({ kind: 'close' }));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (connected) finish({ kind: 'reset' });
      else finish({ kind: 'no connection', text: failureText(error) });
    });
    socket.on('close', () => clearTimeout(timer));
  });
}

function failureText(error: NodeJS.ErrnoException): string {
  const code = error.code ?? 'unknown reason';
  return code === 'ECONNREFUSED' ? 'refuses connections' : connectFailure(code, 'it').text;
}
