import type { PortName } from '../history/facts.ts';
import type { DecodedMessage } from '../wire/types.ts';
import type { SocketParts, Transport } from './transport.ts';

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
  readonly transport: Transport;
  /** The address of the newsroom. */
  readonly newsroom: string;
  /** The device opened it. */
  readonly dialled: boolean;
  /** The newsroom's FIN was read. */
  finReceived = false;
  /** The device has closed or reset its own end: nothing can be sent any more. */
  released = false;
  /** Dropped, or reset by either side: it only waits for its descriptor to go. */
  over = false;
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

  constructor(port: PortName, transport: Transport, dialled: boolean) {
    this.port = port;
    this.transport = transport;
    this.newsroom = transport.peer.address;
    this.dialled = dialled;
  }

  /** Bytes that were sent and that the other side, or the kernel, has not taken yet. */
  get unsentBytes(): number {
    return this.transport.unsentBytes;
  }

  /** What only a socket has; a fault that uses it says so in `needsSockets`. */
  get socket(): SocketParts | undefined {
    return this.transport.socket;
  }

  /** Sends bytes after those sent before; bytes for a closed end are lost. `taken` runs when they are out of hand. */
  send(bytes: Buffer, taken: () => void = () => {}): void {
    if (this.released || this.closed) return;
    this.transport.write(bytes, taken);
  }

  /** Closes the own end with a FIN after everything was sent. */
  finish(): void {
    if (this.released || this.closed) return;
    this.released = true;
    this.transport.finish();
  }

  /** Gives up the descriptor at once: FIN, or RST where bytes were left unread. */
  drop(): void {
    this.released = true;
    this.over = true;
    this.transport.drop();
  }

  /** Ends the connection with RST. */
  reset(): void {
    this.released = true;
    this.over = true;
    this.transport.reset();
  }

  /** Reads nothing from now on, neither bytes nor FIN nor RST. */
  stopReading(): void {
    this.deaf = true;
    this.transport.neverReadAgain();
  }
}
