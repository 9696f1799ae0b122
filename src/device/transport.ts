/** What a transport tells of its connection, in the order in which it happens. */
export interface Receiver {
  /** Bytes came, as one read delivered them. */
  received(bytes: Buffer): void;
  /** The FIN of the other side came; no bytes follow it. */
  finished(): void;
  /** The other side reset the connection. */
  reset(): void;
  /** The connection's descriptor is gone; nothing is told after that. */
  gone(): void;
}

/** What can be done to a connection only where the kernel has a socket for it. */
export interface SocketParts {
  /** Lets the kernel ask after so many ms of silence whether the other side is still there. */
  keepAlive(afterMs: number): void;
  /** Keeps the descriptor beyond the end of the connection; see `keepDescriptor` in descriptor.ts. */
  keepDescriptor(when: 'reset' | 'end', isMeant: () => boolean): () => void;
  /** Starts another program that inherits the descriptor and does nothing; the result ends it. */
  startHelper(): (() => void) | undefined;
}

/**
 * One connection as the device's protocol sees it. Nothing is read before the first {@link resume}: what comes stays
 * with the transport, a FIN or a reset too.
 */
export interface Transport {
  /** The other end. */
  readonly peer: { readonly address: string; readonly port: number };
  /** Bytes that were written and not taken yet. */
  readonly unsentBytes: number;
  /** Absent where the connection is no socket. */
  readonly socket?: SocketParts;
  /** Says who is told of this connection; called once, before anything else. */
  attach(receiver: Receiver): void;
  /** Reads on. */
  resume(): void;
  /** Reads no more until {@link resume}. */
  pause(): void;
  /** Reads nothing from now on, whatever is called: neither bytes nor FIN nor reset. */
  neverReadAgain(): void;
  /** Sends bytes after those sent before; `taken` is called once they are out of our hands. */
  write(bytes: Buffer, taken: () => void): void;
  /** Sends FIN after everything that was written; goes on reading. */
  finish(): void;
  /** Gives the descriptor up at once: FIN, or a reset where bytes were left unread. */
  drop(): void;
  /** Ends the connection with a reset. */
  reset(): void;
}
