import type { Socket } from 'node:net';
import { keepDescriptor, neverReadAgain, startHelper } from './descriptor.ts';
import type { Receiver, SocketParts, Transport } from './transport.ts';

/** How long a closing connection may wait for its peer to take the last bytes before it is reset. */
const STUCK_MS = 10_000;

/** A connection that is a socket of the kernel: paused and half-open, as it comes from a listener or a dial. */
export class SocketTransport implements Transport {
  readonly peer: Transport['peer'];
  readonly socket: SocketParts;
  readonly #socket: Socket;
  #finReceived = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.peer = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    this.socket = {
      keepAlive: (afterMs) => void socket.setKeepAlive(true, afterMs),
      keepDescriptor: (when, isMeant) => keepDescriptor(socket, when, isMeant),
      startHelper: () => startHelper(socket),
    };
  }

  get unsentBytes(): number {
    return this.#socket.writableLength;
  }

  attach(receiver: Receiver): void {
    const socket = this.#socket;
    socket.on('data', (bytes: Buffer) => receiver.received(bytes));
    socket.on('end', () => {
      this.#finReceived = true;
      receiver.finished();
    });
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'ECONNRESET' || code === 'EPIPE') receiver.reset();
    });
    socket.on('close', () => receiver.gone());
  }

  resume(): void {
    this.#socket.resume();
  }

  pause(): void {
    this.#socket.pause();
  }

  neverReadAgain(): void {
    this.#socket.pause();
    neverReadAgain(this.#socket);
  }

  write(bytes: Buffer, taken: () => void): void {
    this.#socket.write(bytes, (error) => {
      if (!error) taken();
    });
  }

  finish(): void {
    this.#socket.end();
    if (this.#finReceived) this.#socket.setTimeout(STUCK_MS, () => this.reset());
  }

  drop(): void {
    this.#socket.destroy();
  }

  reset(): void {
    this.#socket.resetAndDestroy();
  }
}
