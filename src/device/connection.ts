import type { Socket } from 'node:net';
import type { PortName } from '../history/facts.ts';
import type { DecodedMessage } from '../wire/types.ts';
import { neverReadAgain } from './descriptor.ts';

/** How long a closing connection may wait for its peer to take the last bytes before it is reset. */
const STUCK_MS = 10_000;

/** A request of the device's own that waits for its answer on one connection. */
export interface Awaited {
  messageID: number;
  /** The message's name. */
  request: string;
  resolve: (answer: DecodedMessage) => void;
}

/** One connection of the device with a newsroom, whoever opened it. */
export class Connection {
  readonly port: PortName;
  readonly socket: Socket;
  /** The address of the newsroom. */
  readonly newsroom: string;
  /** The device opened it. */
  readonly dialled: boolean;
  /** The newsroom's FIN was read. */
  finReceived = false;
  /** The device has closed or reset its own end: nothing can be sent any more. */
  released = false;
  /** The descriptor is gone. */
  closed = false;
  /** A message has begun and has not ended. */
  incomplete = false;
  /** Requests that were read and not yet answered. */
  unanswered = 0;
  /** Messages read so far. */
  received = 0;
  /** The own request that waits for an answer here. */
  awaited: Awaited | undefined;
  /** Nothing is read any more, whatever comes. */
  deaf = false;
  /** Throws away the begin of a message that has not ended. */
  forgetIncomplete: () => void = () => {};

  constructor(port: PortName, socket: Socket, dialled: boolean) {
    this.port = port;
    this.socket = socket;
    this.newsroom = socket.remoteAddress ?? '';
    this.dialled = dialled;
  }

  /** Sends bytes after those sent before; bytes for a closed end are lost. `taken` runs when the kernel has them. */
  send(bytes: Buffer, taken?: () => void): void {
    if (this.released || this.closed) return;
    this.socket.write(bytes, (error) => {
      if (!error) taken?.();
    });
  }

  /** Closes the own end with a FIN after everything was sent. */
  finish(): void {
    if (this.released || this.closed) return;
    this.released = true;
    this.socket.end();
    if (this.finReceived) this.socket.setTimeout(STUCK_MS, () => this.socket.resetAndDestroy());
  }

  /** Gives up the descriptor at once: FIN, or RST where bytes were left unread. */
  drop(): void {
    this.released = true;
    this.socket.destroy();
  }

  /** Ends the connection with RST. */
  reset(): void {
    this.released = true;
    this.socket.resetAndDestroy();
  }

  /** Reads nothing from now on, neither bytes nor FIN nor RST. */
  stopReading(): void {
    this.deaf = true;
    this.socket.pause();
    neverReadAgain(this.socket);
  }
}
